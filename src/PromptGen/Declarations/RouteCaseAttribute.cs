namespace PromptGen;

/// <summary>Where a call enters its route for one value of what <see cref="RouteByAttribute"/> names.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true, Inherited = false)]
public sealed class RouteCaseAttribute : Attribute
{
    /// <summary>Enters the route at a tier.</summary>
    /// <param name="value">An enum member, a <see cref="bool"/>, an integer, a <see cref="string"/> (compared by ordinal) or null.</param>
    /// <param name="tier">The tier. It may be weaker than the first step of the route, and not stronger than its last.</param>
    public RouteCaseAttribute(object? value, Tier tier)
    {
        Value = value;
        Tier = tier;
        EscalateTo = tier;
    }

    /// <summary>Enters the route at a model.</summary>
    /// <param name="value">An enum member, a <see cref="bool"/>, an integer, a <see cref="string"/> (compared by ordinal) or null.</param>
    /// <param name="model">A model id of the catalog. Behind it follow the route's fallbacks, then the next stronger tier or the next listed model.</param>
    public RouteCaseAttribute(object? value, string model)
    {
        Value = value;
        Model = model;
    }

    /// <summary>The value.</summary>
    public object? Value { get; }

    /// <summary>The tier; not used where <see cref="Model"/> is named.</summary>
    public Tier Tier { get; }

    /// <summary>The model; null where the case names a tier.</summary>
    public string? Model { get; }

    /// <summary>The strongest tier that a call may reach for this value, whatever fails. Default: that of the route.</summary>
    public Tier EscalateTo { get; set; }
}
