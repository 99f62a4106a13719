using System.Globalization;
using System.Reflection;
using PromptGen.Evaluation;
using PromptGen.Routing;

namespace PromptGen.Cli.Assemblies;

/// <summary>A prompt of an assembly: what the compiler wrote of it, and how it is declared.</summary>
/// <param name="definition">What the compiler wrote.</param>
/// <param name="method">Its method; null where it was not found.</param>
internal sealed class PromptEntry(PromptDefinition definition, MethodInfo? method)
{
    private static readonly string[] s_shownApart = [nameof(RoutedPromptAttribute), nameof(PromptTemplateAttribute)];

    public PromptDefinition Definition => definition;

    /// <summary>What items are checked against that it is evaluated with; null where it returns a stream or a client, which cannot be evaluated.</summary>
    public PromptSchemas? Schemas => method is null ? null : PromptSchemas.Of(definition, method);

    /// <summary>Its templates as declared.</summary>
    public IReadOnlyList<TemplateEntry> Templates { get; } = TemplatesOf(method);

    /// <summary>Its other clauses, as they are written in the source.</summary>
    public IReadOnlyList<string> Clauses { get; } =
        [.. (method?.GetCustomAttributesData() ?? []).Where(IsClause).Select(Written).Order(StringComparer.Ordinal)];

    /// <summary>The prompt as it is evaluated.</summary>
    /// <exception cref="ToolException">Its method was not found.</exception>
    /// <exception cref="NotSupportedException">It returns a stream or a client.</exception>
    public EvaluatedPrompt ToEvaluate() => EvaluatedPrompt.Of(definition, method ?? throw new ToolException($"The method of {definition.Name} was not found."));

    /// <summary>The methods of prompts, by the prompt's name.</summary>
    public static Dictionary<string, MethodInfo> MethodsOf(PromptAssembly assembly)
    {
        const BindingFlags All = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        var methods = new Dictionary<string, MethodInfo>(StringComparer.Ordinal);
        foreach (var method in assembly.Types.SelectMany(static type => type.GetMethods(All)))
        {
            if (method.GetCustomAttribute<RoutedPromptAttribute>() is { } prompt)
            {
                methods.TryAdd(prompt.Name ?? $"{method.DeclaringType!.Name}.{method.Name}", method);
            }
        }

        return methods;
    }

    private static TemplateEntry[] TemplatesOf(MethodInfo? method)
    {
        PromptTemplateAttribute[] templates = [.. method?.GetCustomAttributes<PromptTemplateAttribute>() ?? []];
        return [.. templates.Select(template => new TemplateEntry(template, isOnly: templates.Length == 1))];
    }

    private static bool IsClause(CustomAttributeData attribute) =>
        attribute.AttributeType.Assembly == typeof(RoutedPromptAttribute).Assembly && !s_shownApart.Contains(attribute.AttributeType.Name);

    private static string Written(CustomAttributeData attribute)
    {
        var arguments = attribute.ConstructorArguments.Select(Written)
            .Concat(attribute.NamedArguments.Select(static argument => $"{argument.MemberName} = {Written(argument.TypedValue)}"));
        var list = string.Join(", ", arguments.Where(static argument => argument.Length > 0));
        var name = attribute.AttributeType.Name[..^nameof(Attribute).Length];
        return list.Length == 0 ? $"[{name}]" : $"[{name}({list})]";
    }

    private static string Written(CustomAttributeTypedArgument argument) => argument switch
    {
        { Value: null } => "null",
        { Value: IReadOnlyCollection<CustomAttributeTypedArgument> items } => string.Join(", ", items.Select(Written)),
        { Value: string text } => $"\"{text}\"",
        { Value: bool flag } => flag ? "true" : "false",
        { ArgumentType.IsEnum: true, Value: var number } => $"{argument.ArgumentType.Name}.{Enum.ToObject(argument.ArgumentType, number)}",
        var other => Convert.ToString(other.Value, CultureInfo.InvariantCulture) ?? "",
    };
}
