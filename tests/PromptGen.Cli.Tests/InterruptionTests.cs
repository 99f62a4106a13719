namespace PromptGen.Cli.Tests;

/// <summary>What Ctrl+C does to the running tool.</summary>
public sealed class InterruptionTests : IDisposable
{
    private const string Notice = "Stopping. Ctrl+C again stops at once.";

    private readonly TempFolder _folder = new();

    private string Pipe => Path.Combine(_folder.Name, "labels.csv");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TheFirstEndsTheCommandAndTheSecondTheProcess()
    {
        using var error = new StringWriter();
        using var interruption = new Interruption(error);

        Assert.True(interruption.Press());
        Assert.Equal(Notice, error.ToString().Trim());
        Assert.True(interruption.Token.IsCancellationRequested);
        Assert.False(interruption.Press());
    }

    [Fact]
    public async Task TheFirstEndsTheCommandOnceItsInputIsRead()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The test needs the env and mkfifo of Linux.");
        using var tool = await StartAsync();
        await using (await OpenAsync())
        {
            await tool.InterruptAsync();
            Assert.Equal(Notice, await tool.Error.ReadLineAsync(TestContext.Current.CancellationToken));
            Assert.False(tool.HasExited);
        }

        Assert.Equal("Cancelled.", await tool.Error.ReadLineAsync(TestContext.Current.CancellationToken));
        Assert.Equal(130, await tool.ExitAsync());
    }

    [Fact]
    public async Task TheSecondEndsAProcessThatWaits()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The test needs the env and mkfifo of Linux.");
        using var tool = await StartAsync();
        await using var pipe = await OpenAsync();

        await tool.InterruptAsync();
        Assert.Equal(Notice, await tool.Error.ReadLineAsync(TestContext.Current.CancellationToken));
        await tool.InterruptAsync();

        Assert.Equal(130, await tool.ExitAsync());
    }

    private async Task<ToolProcess> StartAsync()
    {
        await ToolProcess.MakePipeAsync(Pipe);
        return ToolProcess.Start("train", Pipe, "--output", Path.Combine(_folder.Name, "x.router"));
    }

    /// <summary>Opens the other side of the pipe and writes enough labels: that the pipe opens shows that the tool reads it.</summary>
    private async Task<Stream> OpenAsync()
    {
        var pipe = await Task.Run(() => new FileStream(Pipe, FileMode.Open, FileAccess.Write, FileShare.ReadWrite), TestContext.Current.CancellationToken);
        await pipe.WriteAsync("input,weak_correct,strong_correct\n"u8.ToArray(), TestContext.Current.CancellationToken);
        await pipe.FlushAsync(TestContext.Current.CancellationToken);
        return pipe;
    }
}
