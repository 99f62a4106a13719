using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model;
using PromptGen.Generators.Routing;
using PromptGen.Generators.Templates;

namespace PromptGen.Generators.Diagnostics;

/// <summary>PG0209 and PG0210: the messages that a template sends, and their order.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class MessageAnalyzer() : PromptAnalyzer(Descriptors.NothingToAsk, Descriptors.MessageOrder)
{
    private protected override IEnumerable<Finding> Judge(PromptPlan plan, Catalog catalog)
    {
        var findings = plan.Findings.AsEnumerable();
        if (!plan.IsBound)
        {
            return findings;
        }

        for (var i = 0; i < plan.Declaration.Templates.Count; i++)
        {
            findings = findings.Concat(Messages("PromptTemplate", i, plan.Declaration.Templates[i].Text, plan.Declaration.Templates[i].File));
        }

        return plan is { Repair: not null, Declaration.Repair: { } repair } ? findings.Concat(Messages("RepairTemplate", RepairDeclaration.TemplateIndex, repair.Text, repair.File)) : findings;
    }

    // What is sent to repair an answer follows the messages of the prompt, so it needs no message of the user.
    private static IEnumerable<Finding> Messages(string attribute, int index, string? text, string? file)
    {
        var order = MessageOrder.Of(TemplateParser.Parse(text ?? ""));
        if (order.IsEmpty)
        {
            yield return Finding.At(
                new Place.Attribute(attribute, System.Math.Max(index, 0), file is null ? "#0" : "File"),
                "PG0209",
                file is null ? "The template is empty, so nothing would be sent: write what the model is asked" : $"The file '{file}' is empty, so nothing would be sent: write what the model is asked");
        }
        else if (!order.HasUserMessage && order.FirstRole is { } role && index != RepairDeclaration.TemplateIndex)
        {
            yield return Finding.At(
                new Place.Template(index, role), "PG0209", "The template has no message of the user, which providers require: add {{role \"user\"}} before what the model is asked");
        }

        foreach (var (span, isSecond) in order.Misplaced)
        {
            yield return Finding.At(
                new Place.Template(index, span),
                "PG0210",
                isSecond
                    ? "There is a system message before this one, and providers merge or refuse a second one: write its text into the first"
                    : "There is text before the system message, and providers move or refuse a system message that is not the first: begin the template with {{role \"system\"}}");
        }
    }
}
