using System.Globalization;

namespace PromptGen.Streaming;

/// <summary>
/// How another model is asked to continue a stream that broke off: after the messages of the prompt it gets what was delivered as the assistant's, then a request
/// for the rest as the user's. It is not the last message: many providers reject a conversation that ends with the assistant's. What was delivered is a model's text,
/// and goes nowhere else.
/// </summary>
/// <param name="Delivered">What was delivered.</param>
/// <param name="Request">What asks for the rest.</param>
internal readonly record struct Continuation(string Delivered, string Request)
{
    public static Continuation OfText(string delivered) => new(
        delivered,
        "Your answer was cut off. Continue it exactly where it ends: begin with the very next character, a space or a line break where one is missing, "
        + "and do not repeat any of it. Write nothing about the interruption.");

    /// <param name="elements">The delivered elements as JSON.</param>
    public static Continuation OfElements(IReadOnlyCollection<string> elements) => new(
        $"{{\"value\":[{string.Join(',', elements)}]}}",
        string.Create(
            CultureInfo.InvariantCulture,
            $"Your answer was cut off after {elements.Count} element{(elements.Count == 1 ? "" : "s")}. Answer with the remaining elements in the same form, as a complete JSON value, ")
        + "and do not repeat any of those above. The list is empty where none remains. Write nothing about the interruption.");
}
