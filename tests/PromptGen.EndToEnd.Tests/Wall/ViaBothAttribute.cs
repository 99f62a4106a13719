using System.Reflection;
using Xunit.Sdk;
using Xunit.v3;

namespace PromptGen.EndToEnd.Tests.Wall;

/// <summary>Runs a theory once through each SDK, with each of some further arguments where there are any.</summary>
/// <param name="arguments">The values of the theory's second parameter.</param>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ViaBothAttribute(params object[] arguments) : DataAttribute
{
    public override ValueTask<IReadOnlyCollection<ITheoryDataRow>> GetData(MethodInfo testMethod, DisposalTracker disposalTracker)
    {
        var rows =
            from via in Enum.GetValues<Via>()
            from row in arguments.Length == 0 ? [[]] : arguments.Select(static argument => new[] { argument })
            select new TheoryDataRow([via, .. row]);
        return ValueTask.FromResult<IReadOnlyCollection<ITheoryDataRow>>([.. rows]);
    }

    public override bool SupportsDiscoveryEnumeration() => true;
}
