namespace PromptGen.Cli.Tests;

public sealed class CatalogTests
{
    private const string Prices = """
        vendor,id,input_usd_per_m,output_usd_per_m,cached_input_usd_per_m,from,to
        openai,gpt-5.6-luna,9,9,,,2026-01-01
        openai,gpt-5.6-luna,0.2,1.5,0.02,2026-01-01,
        anthropic,claude-haiku-4-5,1,5,0.1,,
        openai,gpt-7-sun,1.25,10,0.125,,

        """;

    [Fact]
    public async Task ListsTheModelsOfAnAssembly()
    {
        var run = await ToolRun.OfAsync("catalog", "list", ToolRun.SupportDesk, "--json");

        Assert.Equal(0, run.ExitCode);
        var luna = run.Json.EnumerateArray().First();
        Assert.Equal("gpt-5.6-luna", luna.GetProperty("id").GetString());
        Assert.Equal(0.2, luna.GetProperty("inputPrice").GetDouble());
        Assert.Equal("Models.Luna", luna.GetProperty("field").GetString());
        Assert.Contains("llama3.1:70b", (await ToolRun.OfAsync("catalog", "list", ToolRun.SupportDesk)).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ReportsPricesThatDifferFromTheListOfTheDay()
    {
        using var prices = new TempFile(Prices);

        var run = await ToolRun.OfAsync("catalog", "check", ToolRun.SupportDesk, "--prices", prices.Name, "--json");

        Assert.Equal(100, run.ExitCode);
        var problem = Assert.Single(run.Json.EnumerateArray());
        Assert.Equal("gpt-5.6-luna", problem.GetProperty("id").GetString());
        Assert.Equal("declares 1.2 USD per million output tokens, the list has 1.5", problem.GetProperty("text").GetString());
    }

    [Fact]
    public async Task AListMayHaveCellsInQuotes()
    {
        using var prices = new TempFile("vendor,id,note,input_usd_per_m,output_usd_per_m\nopenai,gpt-5.6-luna,\"small, fast\",0.2,1.5\n");

        var run = await ToolRun.OfAsync("catalog", "check", ToolRun.SupportDesk, "--prices", prices.Name, "--json");

        Assert.Equal("declares 1.2 USD per million output tokens, the list has 1.5", Assert.Single(run.Json.EnumerateArray()).GetProperty("text").GetString());
    }

    [Theory]
    [InlineData("2026-11-29", 0, 100, "was retired on 2026-11-29; its successor is gpt-7-sun")]
    [InlineData("2027-01-10", 60, 100, "retires on 2027-01-10; its successor is gpt-7-sun")]
    [InlineData("2027-01-10", 30, 0, "Nothing to report.")]
    public async Task ReportsRetirements(string day, int within, int exitCode, string text)
    {
        using var lifecycle = new TempFile($"vendor,id,event,date,successor\nopenai,gpt-5.6-luna,retired,{day},gpt-7-sun\n");

        var run = await ToolRun.OfAsync("catalog", "check", ToolRun.SupportDesk, "--lifecycle", lifecycle.Name, "--within", within.ToString(System.Globalization.CultureInfo.InvariantCulture));

        Assert.Equal(exitCode, run.ExitCode);
        Assert.Contains(text, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WritesTheAttributeOfAModel()
    {
        using var prices = new TempFile(Prices);
        using var source = new TempFile("namespace Acme;\n\n[ModelCatalog]\npublic static class Models\n{\n}\n", ".cs");

        var run = await ToolRun.OfAsync("catalog", "add", "gpt-7-sun", "--tier", "Deep", "--prices", prices.Name, "--to", source.Name);

        Assert.Equal(0, run.ExitCode);
        Assert.Equal(
            "namespace Acme;\n\n[ModelCatalog]\npublic static class Models\n{\n    [Model(\"openai\", Tier.Deep, InputPrice = 1.25, OutputPrice = 10.0, CachedInputPrice = 0.125)]\n    public const string Gpt7Sun = \"gpt-7-sun\";\n}\n",
            source.Text);
        Assert.Equal(1, (await ToolRun.OfAsync("catalog", "add", "gpt-7-sun", "--tier", "Deep", "--prices", prices.Name, "--to", source.Name)).ExitCode);
    }

    [Fact]
    public async Task AModelThatTheListDoesNotHaveEndsWithOne()
    {
        using var prices = new TempFile(Prices);

        Assert.Equal(1, (await ToolRun.OfAsync("catalog", "add", "gpt-7-moon", "--tier", "Fast", "--prices", prices.Name)).ExitCode);
    }

    [Fact]
    public async Task AListWithoutAColumnEndsWithOne()
    {
        using var prices = new TempFile("vendor,id\n");

        var run = await ToolRun.OfAsync("catalog", "check", ToolRun.SupportDesk, "--prices", prices.Name);

        Assert.Equal(1, run.ExitCode);
        Assert.Contains("has no column input_usd_per_m", run.Error, StringComparison.Ordinal);
    }
}
