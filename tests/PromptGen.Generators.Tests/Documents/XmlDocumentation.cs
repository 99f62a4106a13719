using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace PromptGen.Generators.Tests.Documents;

/// <summary>The documentation file of an assembly, as Markdown.</summary>
internal sealed partial class XmlDocumentation
{
    private readonly Dictionary<string, XElement> _members;

    private XmlDocumentation(XDocument document) =>
        _members = document.Descendants("member").ToDictionary(static member => member.Attribute("name")!.Value, StringComparer.Ordinal);

    /// <summary>The file beside an assembly.</summary>
    public static XmlDocumentation Of(Assembly assembly) => new(XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")));

    public string Summary(Type type) => Text("T:" + Id(type), "summary");

    public string Summary(PropertyInfo property) => Text($"P:{Id(property.DeclaringType!)}.{property.Name}", "summary");

    public string Summary(FieldInfo field) => Text($"F:{Id(field.DeclaringType!)}.{field.Name}", "summary");

    /// <summary>What the documentation says about a constructor's parameter, its own or that of a primary constructor.</summary>
    public string Parameter(ParameterInfo parameter)
    {
        var constructor = (ConstructorInfo)parameter.Member;
        var id = $"M:{Id(constructor.DeclaringType!)}.#ctor({string.Join(',', constructor.GetParameters().Select(static each => Id(each.ParameterType)))})";
        return _members.GetValueOrDefault(id)?.Elements("param").FirstOrDefault(param => param.Attribute("name")!.Value == parameter.Name) is { } documented
            ? Markdown(documented)
            : "";
    }

    private static string Id(Type type) => type.FullName!.Replace('+', '.');

    private string Text(string id, string element) => _members.GetValueOrDefault(id)?.Element(element) is { } documented ? Markdown(documented) : "";

    private static string Markdown(XElement element) =>
        Space().Replace(string.Concat(element.Nodes().Select(static node => node switch
        {
            XText text => text.Value,
            XElement { Name.LocalName: "c" } code => $"`{code.Value}`",
            XElement { Name.LocalName: "para" } paragraph => Markdown(paragraph) + " ",
            XElement reference when (reference.Attribute("cref") ?? reference.Attribute("name") ?? reference.Attribute("langword")) is { Value: var name } => $"`{ShortName(name)}`",
            _ => "",
        })), " ").Trim();

    // T:PromptGen.RoutedPromptAttribute → RoutedPrompt, P:PromptGen.PromptCost.Usd → PromptCost.Usd, F:System.Double.NaN → double.NaN
    private static string ShortName(string cref)
    {
        var name = cref.Split('(')[0].Split('`')[0];
        var parts = name[(name.IndexOf(':', StringComparison.Ordinal) + 1)..].Split('.');
        var shown = cref.StartsWith("T:", StringComparison.Ordinal) || parts.Length == 1 ? parts[^1] : $"{parts[^2]}.{parts[^1]}";
        return shown.Replace("Double.NaN", "double.NaN", StringComparison.Ordinal).Replace("Attribute", "", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Space();
}
