using PromptGen.Execution;
using PromptGen.Routing;

namespace PromptGen.Tests.Execution;

/// <summary>Calls that take their route from its beginning or enter it by its clauses, as generated code makes them.</summary>
internal static class EntryDesk
{
    public static async Task<PromptResult<int>> EnterAsync(this Desk desk, PromptDefinition<int> prompt, RouteEntry entry)
    {
        using var call = desk.Runtime.Start(prompt, CancellationToken.None);
        return await call.EnterAsync(entry);
    }

    public static async Task<PromptResult<int>> TakeAsync(this PromptCall<int> call, IEnumerable<PromptStep> route, UrgencyTemplate template)
    {
        foreach (var step in route)
        {
            if (await call.TryAsync(step, template))
            {
                return call.Result;
            }
        }

        throw call.Exhausted();
    }

    public static async Task<PromptResult<int>> EnterAsync(this PromptCall<int> call, RouteEntry entry)
    {
        for (var step = call.Enter(entry); step is not null; step = call.After(step))
        {
            if (await call.TryAsync(step, new UrgencyTemplate(Sample.Ticket)))
            {
                return call.Result;
            }
        }

        throw call.Exhausted();
    }
}
