using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace PromptGen.Generators.Tests.Documents;

/// <summary>Writes the reference of attributes, their enums and the options of the runtime from the assembly and its documentation.</summary>
internal static class AttributeReference
{
    public const string Name = "src/PromptGen/REFERENCE.md";

    // In the order in which a reader meets them.
    private static readonly (string Title, string Text, Type[] Types)[] s_sections =
    [
        ("Models", "The catalog of a program.", [typeof(ModelCatalogAttribute), typeof(ModelAttribute), typeof(UseCatalogAttribute)]),
        ("Prompts", "What is asked, and which models may answer.", [typeof(RoutedPromptAttribute), typeof(PromptTemplateAttribute), typeof(RepairTemplateAttribute)]),
        ("Routing", "Where a call enters its route, and how far it may climb.", [typeof(RouteWhenAttribute), typeof(RouteByAttribute), typeof(RouteCaseAttribute), typeof(RouteLearnedAttribute), typeof(CanaryAttribute)]),
        ("Ensembles", "Models that vote before the route.", [typeof(EnsembleAttribute)]),
        ("Answers", "What an answer must satisfy, and what replaces it.", [typeof(OutputSchemaAttribute), typeof(ContractCheckAttribute), typeof(AcceptLikelyAttribute), typeof(AcceptWhenAttribute), typeof(AcceptIfAttribute), typeof(FallbackAttribute)]),
        ("Limits", "What one call may spend.", [typeof(BudgetAttribute), typeof(DeadlineAttribute)]),
        ("Data policy", "Where data may go.", [typeof(SelfHostedOnlyAttribute), typeof(SensitiveAttribute), typeof(UntrustedAttribute)]),
        ("Cache", "Answers that are kept.", [typeof(CachedAttribute)]),
        ("Libraries", "Prompts in a library.", [typeof(PromptLibraryAttribute)]),
        ("Enums", "The values of the properties above.", [typeof(Tier), typeof(ModelFeatures), typeof(SchemaDialect), typeof(Tolerance), typeof(WhenUnknown), typeof(StepOrder), typeof(CacheMode), typeof(UnknownRequest)]),
        ("Options", "Set once per runtime: `builder.Resilience`, `builder.Telemetry`, `builder.Cache`, and the last arguments of `builder.UseBudgetStore`, `builder.UseLedger` and `builder.AddEmbeddings`. `PipelineOptions` are those of one pipeline.", [typeof(ResilienceOptions), typeof(PromptTelemetryOptions), typeof(CacheOptions), typeof(BudgetStoreOptions), typeof(LedgerOptions), typeof(EmbeddingOptions), typeof(PipelineOptions)]),
    ];

    private static readonly Assembly s_assembly = typeof(PromptRuntime).Assembly;

    private static readonly XmlDocumentation s_documentation = XmlDocumentation.Of(s_assembly);

    /// <summary>The types that the reference describes.</summary>
    public static IEnumerable<Type> Types => s_sections.SelectMany(static section => section.Types);

    /// <summary>Every public attribute of the runtime.</summary>
    public static IEnumerable<Type> Attributes => s_assembly.GetExportedTypes().Where(static type => type.IsSubclassOf(typeof(Attribute)));

    /// <summary>The properties of a type that a user sets, or passes to its constructor.</summary>
    public static IEnumerable<PropertyInfo> Properties(Type type) =>
        type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(property => property.SetMethod is { IsPublic: true } || IsParameter(property))
            .OrderBy(static property => property.MetadataToken);

    /// <summary>The documentation of a property.</summary>
    public static string Summary(PropertyInfo property) => s_documentation.Summary(property);

    public static string Write()
    {
        var text = new StringBuilder("# Reference of attributes and options\n\n");
        text.Append("Written from the code and its documentation; a test compares the two. *Required* means that the constructor takes the value.\n");
        foreach (var (title, introduction, types) in s_sections)
        {
            text.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n{introduction}\n");
            foreach (var type in types)
            {
                Write(text, type);
            }
        }

        return text.ToString();
    }

    private static void Write(StringBuilder text, Type type)
    {
        text.Append(CultureInfo.InvariantCulture, $"\n### {Heading(type)}\n\n{s_documentation.Summary(type)}\n");
        if (type.GetCustomAttribute<AttributeUsageAttribute>(inherit: false) is { } usage)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nOn: {Targets(usage.ValidOn)}{(usage.AllowMultiple ? "; may be repeated" : "")}.\n");
        }

        if (type.IsEnum)
        {
            text.Append("\n| value | meaning |\n|---|---|\n");
            foreach (var field in type.GetFields(BindingFlags.Public | BindingFlags.Static))
            {
                text.Append(CultureInfo.InvariantCulture, $"| `{field.Name}` | {Cell(s_documentation.Summary(field))} |\n");
            }
        }
        else if (Properties(type).ToArray() is { Length: > 0 } properties)
        {
            text.Append("\n| property | type | default | meaning and range |\n|---|---|---|---|\n");
            foreach (var property in properties)
            {
                text.Append(CultureInfo.InvariantCulture, $"| `{property.Name}` | `{TypeName(property)}` | {Default(property)} | {Cell(Summary(property))} |\n");
            }
        }
    }

    private static string Heading(Type type) => type.IsSubclassOf(typeof(Attribute)) ? $"[{type.Name[..^"Attribute".Length]}]" : type.Name;

    private static string Targets(AttributeTargets targets) =>
        string.Join(", ", Enum.GetValues<AttributeTargets>()
            .Where(target => target != AttributeTargets.All && targets.HasFlag(target))
            .Select(static target => target.ToString().ToLowerInvariant()));

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);

    private static bool IsParameter(PropertyInfo property) => Parameters(property).Any();

    private static IEnumerable<ParameterInfo> Parameters(PropertyInfo property) =>
        property.DeclaringType!.GetConstructors().SelectMany(static constructor => constructor.GetParameters())
            .Where(parameter => parameter.Name!.Equals(property.Name, StringComparison.OrdinalIgnoreCase));

    private static string TypeName(PropertyInfo property)
    {
        var type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        var name = type == typeof(string[]) ? "string[]" : type == typeof(Func<string, string>) ? "Func<string, string>" : type == typeof(IProgress<PipelineProgress>) ? "IProgress<PipelineProgress>" : type.Name switch
        {
            "String" => "string",
            "Double" => "double",
            "Decimal" => "decimal",
            "Int32" => "int",
            "Int64" => "long",
            "Boolean" => "bool",
            var other => other,
        };
        return name + (type != property.PropertyType || new NullabilityInfoContext().Create(property).ReadState == NullabilityState.Nullable ? "?" : "");
    }

    // What a new instance has, created as a user does who sets nothing.
    private static string Default(PropertyInfo property) =>
        property.SetMethod is not { IsPublic: true } && IsParameter(property)
            ? "*required*"
            : property.GetValue(Create(property.DeclaringType!)) switch
            {
                null or double.NaN or string[] { Length: 0 } => "not set",
                bool value => value ? "`true`" : "`false`",
                TimeSpan time => $"`{time.ToString("c", CultureInfo.InvariantCulture)}`",
                IFormattable value => $"`{value.ToString(null, CultureInfo.InvariantCulture)}`",
                var value => throw new InvalidOperationException($"No way to write {value}."),
            };

    private static object Create(Type type)
    {
        var constructor = type.GetConstructors().OrderBy(static each => each.GetParameters().Length).First();
        return constructor.Invoke([.. constructor.GetParameters().Select(static parameter =>
            parameter.ParameterType == typeof(string) ? "x" : parameter.ParameterType.IsArray ? Array.CreateInstance(parameter.ParameterType.GetElementType()!, 0) : RuntimeHelpers.GetUninitializedObject(parameter.ParameterType))]);
    }
}
