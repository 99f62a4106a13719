using PromptGen.Generators.Model.Shapes;

namespace PromptGen.Generators.Model;

/// <summary>A parameter of a prompt method.</summary>
/// <param name="Name">Its name, without <c>@</c>.</param>
/// <param name="TypeName">Its fully qualified type with nullable annotation, as generated code writes it.</param>
/// <param name="Shape">What a template can do with it.</param>
/// <param name="IsSensitive">Whether it is marked <c>[Sensitive]</c>.</param>
/// <param name="IsUntrusted">Whether it is marked <c>[Untrusted]</c>.</param>
/// <param name="IsCancellationToken">Whether it is the call's cancellation token.</param>
/// <param name="Modifier"><c>params</c>, <c>ref</c>… or an attribute that the implementing part adds, with a space behind, or empty.</param>
internal sealed record ParameterDeclaration(
    string Name,
    string TypeName,
    TypeShape Shape,
    bool IsSensitive,
    bool IsUntrusted,
    bool IsCancellationToken,
    string Modifier = "")
{
    /// <summary>Whether it is the <c>PromptOptions</c> of the call.</summary>
    public bool IsOptions { get; init; }

    /// <summary>Whether it is data of the prompt, which the call's plumbing is not.</summary>
    public bool IsData => !IsCancellationToken && !IsOptions;

    /// <summary>Its name as the parameter of a template's struct, where the members of the struct would hide it.</summary>
    public string FieldName => TemplateMembers.IsOne(Name.TrimEnd('_')) ? Name + "_" : Name;
}
