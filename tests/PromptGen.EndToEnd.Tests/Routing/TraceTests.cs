using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PromptGen.EndToEnd.Tests.Calls;
using PromptGen.Generators.Tests.Harness;
using PromptGen.Tests;
using PromptGen.Tests.Telemetry;

namespace PromptGen.EndToEnd.Tests.Routing;

/// <summary>What the trace of a routed call contains: the router's requests inside the call, what decided, the arm, and every step.</summary>
[Collection(TelemetryCollection.Name)]
public sealed partial class TraceTests : CallTests
{
    [Fact]
    public async Task A_routed_call()
    {
        Server.Enqueue(Reply("""{"value":"Easy"}"""), Reply(Broken), Reply(Broken), Reply(Good));
        using var probe = new TelemetryProbe();

        var result = await new CombinedDesk(Prompts).ByPromptAsync("I was charged twice");

        Assert.Equal(("DifficultyAsync = Easy", "canary"), (result.RoutedBy, result.Arm));
        var trace = new StringBuilder();
        foreach (var span in probe.Spans.OrderBy(static span => span.StartTimeUtc))
        {
            Describe(trace, span, Depth(span, probe));
        }

        var text = Changing().Replace(trace.ToString(), "$1=…");
        Assert.DoesNotContain("charged", text, StringComparison.Ordinal);
        Snapshot.VerifyFile(text, Path.Combine(Repository.Root, "tests/PromptGen.EndToEnd.Tests/Routing/Snapshots/A_routed_call.txt"));
    }

    private static int Depth(Activity span, TelemetryProbe probe) => span.Parent is { } parent && parent != probe.Root ? 1 + Depth(parent, probe) : 0;

    private static void Describe(StringBuilder trace, Activity span, int depth)
    {
        var margin = new string(' ', 4 * depth);
        trace.Append(CultureInfo.InvariantCulture, $"{margin}{span.DisplayName} ({span.Kind}, {span.Status})\n");
        foreach (var tag in TelemetryProbe.Describe(span))
        {
            trace.Append(CultureInfo.InvariantCulture, $"{margin}  {tag}\n");
        }

        foreach (var recorded in span.Events)
        {
            trace.Append(CultureInfo.InvariantCulture, $"{margin}  * {recorded.Name} {string.Join(", ", recorded.Tags.Select(static tag => string.Create(CultureInfo.InvariantCulture, $"{tag.Key}={tag.Value}")).Order(StringComparer.Ordinal))}\n");
        }
    }

    /// <summary>What differs from run to run.</summary>
    [GeneratedRegex("(server\\.port|gen_ai\\.prompt\\.version|gen_ai\\.response\\.id)=[^\\s,]+")]
    private static partial Regex Changing();
}
