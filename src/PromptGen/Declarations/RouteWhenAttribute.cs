namespace PromptGen;

/// <summary>
/// A rule: where all of its conditions hold, a call enters its route at a tier or a model. Rules are tried in source order, and the first one that holds decides.
/// At least one condition has to be set. The rules of a prompt that returns <c>IChatClient</c> look at the last message of the user.
/// </summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public sealed class RouteWhenAttribute : Attribute
{
    /// <summary>Enters the route at a tier.</summary>
    /// <param name="tier">The tier. It may be weaker than the first step of the route, and not stronger than its last.</param>
    public RouteWhenAttribute(Tier tier)
    {
        Tier = tier;
        EscalateTo = tier;
    }

    /// <summary>Enters the route at a model.</summary>
    /// <param name="model">A model id of the catalog. Behind it follow the route's fallbacks, then the next stronger tier or the next listed model.</param>
    public RouteWhenAttribute(string model) => Model = model;

    /// <summary>The tier; not used where <see cref="Model"/> is named.</summary>
    public Tier Tier { get; }

    /// <summary>The model; null where the rule names a tier.</summary>
    public string? Model { get; }

    /// <summary>The least tokens that the texts are estimated to have, 0 or more. Default: 0, no lower bound.</summary>
    public int MinInputTokens { get; set; }

    /// <summary>The most tokens that the texts are estimated to have, 0 or more. Default: 0, no upper bound.</summary>
    public int MaxInputTokens { get; set; }

    /// <summary>Phrases of which a text holds at least one, as whole words regardless of case. Default: none.</summary>
    public string[] ContainsAny { get; set; } = [];

    /// <summary>Whether a text has to hold code: a fence, or at least two lines that look like code. Default: false.</summary>
    public bool ContainsCode { get; set; }

    /// <summary>Whether a parameter has to hold an image or another file. Default: false.</summary>
    public bool ContainsMedia { get; set; }

    /// <summary>A method of the prompt class that returns <c>bool</c>; its parameters are parameters of the prompt, by name. Of a prompt that returns <c>IChatClient</c> it gets the text of the last user message. Default: none.</summary>
    public string? Predicate { get; set; }

    /// <summary>The parameter whose text is looked at. Default: all parameters of type <see cref="string"/>.</summary>
    public string? In { get; set; }

    /// <summary>The strongest tier that a call may reach where the rule holds, whatever fails. Default: that of the route.</summary>
    public Tier EscalateTo { get; set; }
}
