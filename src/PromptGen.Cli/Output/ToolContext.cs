using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;

namespace PromptGen.Cli.Output;

/// <summary>Where a command writes to, and what it knows of its surroundings.</summary>
/// <param name="output">Results.</param>
/// <param name="error">What is wrong.</param>
/// <param name="environment">Reads an environment variable.</param>
/// <param name="time">The clock.</param>
/// <param name="showsProgress">Whether a person sees <paramref name="error"/>: it is a terminal.</param>
internal sealed class ToolContext(TextWriter output, TextWriter error, Func<string, string?> environment, TimeProvider time, bool showsProgress = false)
{
    /// <summary>The width without a terminal, for a pipe or a file.</summary>
    private const int PipedWidth = 120;

    private static readonly JsonSerializerOptions s_json = new()
    {
        Converters = { new JsonStringEnumConverter(), new SecondsConverter() },
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = true,
    };

    private IAnsiConsole? _console;

    /// <summary>As <see cref="WriteJson"/>, on one line.</summary>
    public static JsonSerializerOptions JsonLine { get; } = new(s_json) { WriteIndented = false };

    public TextWriter Output => output;

    public TextWriter Error => error;

    /// <summary>The console that tables are written to: as wide as the terminal, in colours if it has them and <c>NO_COLOR</c> is not set.</summary>
    public IAnsiConsole Console => _console ??= Open();

    /// <summary>An environment variable; null = it is not set.</summary>
    public string? Variable(string name) => environment(name);

    /// <summary>Today, in UTC.</summary>
    public DateOnly Today => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    /// <summary>Now, in UTC.</summary>
    public DateTimeOffset Now => time.GetUtcNow();

    /// <summary>Writes a result as one JSON value: member names in camel case, times in seconds, without members that are null.</summary>
    public void WriteJson<T>(T value) => output.WriteLine(JsonSerializer.Serialize(value, s_json));

    /// <summary>Writes a result to a file beside standard output.</summary>
    /// <exception cref="ToolException">It cannot be written.</exception>
    public static void WriteFile(FileInfo file, string text) => WriteFile(file, path => File.WriteAllText(path, text));

    /// <summary>Has a result written to a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="write">Writes to the path of the file.</param>
    /// <exception cref="ToolException">It cannot be written.</exception>
    public static void WriteFile(FileInfo file, Action<string> write)
    {
        try
        {
            write(file.FullName);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw NotWritten(file, exception);
        }
    }

    /// <summary>Has a long result written to a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="write">Writes the text.</param>
    /// <exception cref="ToolException">It cannot be written.</exception>
    public static async Task<T> WriteFileAsync<T>(FileInfo file, Func<TextWriter, Task<T>> write)
    {
        try
        {
            await using var writer = new StreamWriter(file.FullName);
            return await write(writer);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw NotWritten(file, exception);
        }
    }

    /// <summary>Shows what a long command is doing: on the terminal of standard error beside the time that it takes, and gone when it has ended; elsewhere only <see cref="WatchedWork.Milestone"/>.</summary>
    /// <param name="what">What it does.</param>
    /// <param name="work">The work. It may report what it is doing.</param>
    public async Task<T> WatchAsync<T>(string what, Func<WatchedWork, Task<T>> work)
    {
        if (!showsProgress)
        {
            return await work(new WatchedWork(static _ => { }, error.WriteLine));
        }

        var hasColors = string.IsNullOrEmpty(environment("NO_COLOR"));
        var terminal = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(error),
            Ansi = AnsiSupport.Yes,
            ColorSystem = hasColors ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.Yes,
        });
        return await terminal.Status().StartAsync(Markup.Escape(what), status => work(new WatchedWork(now => status.Status(Markup.Escape(now)), static _ => { })));
    }

    private static ToolException NotWritten(FileInfo file, Exception exception) => new($"{file.FullName} cannot be written: {exception.Message}", inner: exception);

    private IAnsiConsole Open()
    {
        var target = new AnsiConsoleOutput(output);
        var hasColors = target.IsTerminal && string.IsNullOrEmpty(environment("NO_COLOR"));
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = target,
            Ansi = hasColors ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = hasColors ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        console.Profile.Capabilities.Unicode = true;
        if (int.TryParse(environment("COLUMNS"), NumberStyles.None, CultureInfo.InvariantCulture, out var columns) && columns > 0)
        {
            console.Profile.Width = columns;
        }
        else if (!target.IsTerminal)
        {
            console.Profile.Width = PipedWidth;
        }

        return console;
    }
}
