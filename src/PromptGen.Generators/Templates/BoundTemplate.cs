using Microsoft.CodeAnalysis.Text;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Templates;

/// <summary>A template whose names are bound to the parameters of its prompt method: all that emission and checks need, compared by value.</summary>
/// <param name="Nodes">What is written, in order. Holds only what could be bound.</param>
/// <param name="Findings">What is wrong with the template.</param>
/// <param name="UsedParameters">The parameters that it names, in order of declaration.</param>
/// <param name="Roles">The roles that it opens, in order.</param>
/// <param name="Texts">The parts of its literal text, as they are written in the source.</param>
/// <param name="WriterName">What the generated method calls its <c>PromptWriter</c>, so that it hides no parameter.</param>
/// <param name="WritesSchema">Whether it contains <c>{{schema}}</c>.</param>
/// <param name="MediaCount">How many <c>{{media}}</c> it contains.</param>
/// <param name="StaticTokens">Estimate of the tokens that do not depend on the arguments.</param>
internal sealed record BoundTemplate(
    EquatableArray<BoundNode> Nodes,
    EquatableArray<Finding> Findings,
    EquatableArray<string> UsedParameters,
    EquatableArray<string> Roles,
    EquatableArray<TemplateText> Texts,
    string WriterName,
    bool WritesSchema,
    int MediaCount,
    int StaticTokens)
{
    public bool HasMedia => MediaCount > 0;

    /// <summary>How it names the answer of an earlier step; null where it does not.</summary>
    public PreviousUse? Previous { get; init; }
}

/// <summary>How a template names the answer of an earlier step.</summary>
/// <param name="Variable">What the generated method calls it.</param>
/// <param name="ValueType">The output type in its nullable form, as generated code writes it.</param>
/// <param name="Span">Where the template names it first.</param>
internal sealed record PreviousUse(string Variable, string ValueType, TextSpan Span);

/// <summary>Literal text of a template: character n of the text is at offset n of the span.</summary>
internal sealed record TemplateText(string Text, TextSpan Span);
