namespace PromptGen;

/// <summary>
/// Enters the route by a router that was trained from labelled examples (<see cref="LearnedRouter"/>, in PromptGen.Evaluation <c>RouterTrainer</c>). From the text of a call it
/// computes how likely the answer of the first step is as good as that of the second one. Where that is at least <see cref="AtLeast"/>, the call enters at the first step, else at
/// the second one: a router that is not sure chooses the stronger models. It decides where no rule and no option of the call did, in the process, in microseconds and without a request; one that reads embeddings asks for one, which takes milliseconds.
/// </summary>
/// <remarks>
/// The router reads the parameters of type <see cref="string"/> in their order, with a line break between two of them; null is as if it was not there. This is the text
/// that the input of an example has to be. The name of the prompt in telemetry is its task.
/// </remarks>
/// <param name="file">The router's file among the project's <c>AdditionalFiles</c>. Its path is given from the project; <c>*.router</c> is added by itself.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = false, Inherited = false)]
public sealed class RouteLearnedAttribute(string file) : Attribute
{
    /// <summary>The router's file.</summary>
    public string File { get; } = file;

    /// <summary>The least score at which the first step is good enough, 0–1. Default: the threshold in the file.</summary>
    public double AtLeast { get; set; } = double.NaN;

    /// <summary>The parameter whose text is read. Default: all parameters of type <see cref="string"/>.</summary>
    public string? In { get; set; }

    /// <summary>The age of the file's date in days above which the build warns (PG0423), 1 or more. Default: 0, a router of any age is used.</summary>
    public int MaxAgeDays { get; set; }
}
