using System.Collections;
using System.Reflection;
using System.Runtime.Loader;
using System.Text.Json;

namespace Acme.Patterns.Compilation;

/// <summary>An assembly of generated code, which is unloaded after its tests.</summary>
internal sealed class LoadedCode
{
    private const int ReportedCharacters = 200;

    private readonly CodeLimits _limits;
    private readonly Type? _answer;
    private readonly FieldInfo _exceeded;

    /// <summary>Loads an assembly. None of its code runs yet.</summary>
    public LoadedCode(byte[] image, CodeLimits limits)
    {
        _limits = limits;
        var assembly = Context.LoadFromStream(new MemoryStream(image));
        _exceeded = assembly.GetType(StepMeter.Name)!.GetField(StepMeter.Exceeded)!;
        _answer = assembly.GetType("Answer");
    }

    /// <summary>Where it is loaded.</summary>
    internal AssemblyLoadContext Context { get; } = new(nameof(LoadedCode), isCollectible: true);

    /// <summary>Ends the code at its next step.</summary>
    public void Stop() => _exceeded.SetValue(null, (int)ExceededLimit.Stopped);

    /// <summary>Runs the tests, then unloads the assembly.</summary>
    /// <returns>The first test that fails, or the limit that is exceeded; null = all tests pass.</returns>
    public string? Test(ProgrammingTask task)
    {
        try
        {
            var name = task.Signature[..task.Signature.IndexOf('(', StringComparison.Ordinal)].Split(' ')[^1];

            return _answer?.GetMethod(name, BindingFlags.Public | BindingFlags.Static) is { } method
                ? task.Tests.Select(test => Run(method, test)).FirstOrDefault(static failure => failure is not null)
                : $"There is no public static method Answer.{name}.";
        }
        catch (AmbiguousMatchException)
        {
            return "There are several methods of that name.";
        }
        finally
        {
            Context.Unload();
        }
    }

    private string? Run(MethodInfo method, ProgrammingTest test)
    {
        var call = $"{method.Name}({string.Join(", ", test.Arguments.Select(Text))})";
        try
        {
            // The code may write to its arguments.
            var actual = method.Invoke(null, [.. test.Arguments.Select(static argument => argument is Array array ? array.Clone() : argument)]);

            return AreEqual(actual, test.Expected) ? null : $"{call} returns {Text(actual)}, not {Text(test.Expected)}.";
        }
        catch (Exception exception) when (exception is ArgumentException or TargetParameterCountException)
        {
            return $"{call} does not fit the parameters of the method.";
        }
        catch (Exception exception)
        {
            return Describe(call, exception is TargetInvocationException { InnerException: { } inner } ? inner : exception);
        }
    }

    private string Describe(string call, Exception exception) => (ExceededLimit)_exceeded.GetValue(null)! switch
    {
        ExceededLimit.Steps => $"{call} needs more than {_limits.Steps} steps: is there a loop without end?",
        ExceededLimit.Memory => $"{call} allocates more than {_limits.Bytes >> 20} MB.",
        ExceededLimit.Depth => $"{call} calls itself too often.",
        _ => $"{call} throws {exception.GetType().Name}.",
    };

    // Enumerates a lazy result here, where the limits hold.
    private static bool AreEqual(object? actual, object expected) =>
        actual is IEnumerable values and not string && expected is IEnumerable others and not string ? values.Cast<object>().SequenceEqual(others.Cast<object>()) : Equals(actual, expected);

    // What reads a type of the assembly would keep it loaded.
    private static string Text(object? value)
    {
        var text = value?.GetType() is { IsCollectible: true } type ? type.Name : JsonSerializer.Serialize(value);

        return text.Length > ReportedCharacters ? $"{text[..ReportedCharacters]}…" : text;
    }
}
