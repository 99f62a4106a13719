namespace PromptGen;

/// <summary>
/// Enters the route by a value, for which <see cref="RouteCaseAttribute"/> names a tier or a model. The value is a parameter, a member of one, or what a method of the
/// prompt class returns; the method's parameters are parameters of the prompt, by name. The method may be another prompt, a router: its requests and cost are then part
/// of this call's ledger, budget, deadline and trace, and it is asked only where no rule decided.
/// </summary>
/// <param name="source">The name of a parameter or of a method, best written with <c>nameof</c>. A parameter wins over a method of the same name.</param>
/// <param name="members">The path to a member of the parameter; empty for the parameter itself.</param>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = false, Inherited = false)]
public sealed class RouteByAttribute(string source, params string[] members) : Attribute
{
    /// <summary>The name of a parameter or of a method.</summary>
    public string Source { get; } = source;

    /// <summary>The path to a member of the parameter; empty for the parameter itself.</summary>
    public string[] Members { get; } = members;

    /// <summary>The tier where the source failed or its value has no case. Default: the first step of the route.</summary>
    public Tier Otherwise { get; set; }
}
