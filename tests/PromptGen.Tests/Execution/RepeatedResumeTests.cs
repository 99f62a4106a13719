using PromptGen.Routing;

namespace PromptGen.Tests.Execution;

/// <summary>A stream of elements whose continuation breaks off as well.</summary>
public sealed class RepeatedResumeTests
{
    private static readonly PromptDefinition<IReadOnlyList<int>> Elements =
        new("Desk.Urgencies", "00c0ffee", new UrgenciesContract(), Sample.Fast) { Repairs = 0, Resume = true };

    [Fact]
    public async Task Each_model_continues_behind_the_elements_of_all_models_before_it()
    {
        using var desk = new Desk();
        desk.Mini.Stream().Send("{\"value\":[1,", "2,").End();
        desk.Haiku.Stream().Send("{\"value\":[3,", "4,").End();
        desk.Sonnet.Stream().Send("{\"value\":[5,").End();
        var items = new List<int>();

        var error = await Assert.ThrowsAsync<PromptStreamException>(() => desk.UrgenciesAsync(Elements).ToListAsync(items));

        Assert.Equal([1, 2, 3, 4, 5], items);
        Assert.Equal((PromptErrorCode.Truncated, 5), (error.Code, error.Items));
        Assert.Equal("mini Initial Truncated, haiku Resume Truncated, sonnet Resume Truncated", error.Attempts.Line());
        Assert.Equal("{\"value\":[1,2]}", Assert.Single(desk.Haiku.Requests).Messages[^2].Text);
        Assert.Equal("{\"value\":[1,2,3,4]}", Assert.Single(desk.Sonnet.Requests).Messages[^2].Text);
    }
}
