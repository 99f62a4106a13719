using PromptGen.Generators.Model.Shapes;
using PromptGen.Generators.Templates;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Emission;

/// <summary>Writes the rendering of a template as straight-line appends.</summary>
internal sealed class TemplateEmitter
{
    private readonly SourceWriter _writer;
    private readonly string _prompt;
    private readonly JsonEmitter _json;

    private TemplateEmitter(SourceWriter writer, string prompt)
    {
        _writer = writer;
        _prompt = prompt;
        _json = new JsonEmitter(writer, prompt);
    }

    /// <summary>Writes a private method that renders the template; names of parameters are taken to be in scope.</summary>
    public static void EmitRender(SourceWriter writer, BoundTemplate template, string methodName)
    {
        writer.Open($"private void {methodName}(global::PromptGen.Prompts.PromptWriter {template.WriterName})");
        if (template.Previous is { } previous)
        {
            writer.Line($"var {previous.Variable} = {template.WriterName}.Previous<{previous.ValueType}>();");
        }

        var emitter = new TemplateEmitter(writer, template.WriterName);
        emitter.EmitNodes(template.Nodes);
        emitter._json.EmitFunctions();
        writer.Close();
    }

    /// <summary>Writes the method that renders the template for repairs.</summary>
    /// <param name="writer">Receives it.</param>
    /// <param name="template">The template.</param>
    /// <param name="outcome">A name for the parameter that it does not use, which hides none that it may.</param>
    public static void EmitRepair(SourceWriter writer, BoundTemplate template, string outcome)
    {
        writer.Open($"public void RenderRepair(global::PromptGen.PromptErrorCode {outcome}, string answer, global::System.Collections.Generic.IReadOnlyList<global::PromptGen.SchemaViolation> violations, global::PromptGen.Prompts.PromptWriter {template.WriterName})");
        var emitter = new TemplateEmitter(writer, template.WriterName);
        emitter.EmitNodes(template.Nodes);
        emitter._json.EmitFunctions();
        writer.Close();
    }

    private void EmitNodes(EquatableArray<BoundNode> nodes)
    {
        foreach (var node in nodes)
        {
            Emit(node);
        }
    }

    private void Emit(BoundNode node)
    {
        switch (node)
        {
            case BoundText text:
                _writer.Line($"{_prompt}.Append({TextLiteral.Of(text.Text)});");
                break;
            case BoundRole role:
                _writer.Line($"{_prompt}.Role(global::PromptGen.Prompts.PromptRole.{role.Role});");
                break;
            case BoundValue value:
                EmitValue(value.Path);
                break;
            case BoundSchema:
                _writer.Line($"{_prompt}.Schema();");
                break;
            case BoundMedia media:
                EmitMedia(media);
                break;
            case BoundJson json:
                _json.Emit(json);
                break;
            case BoundJsonOfAll json:
                _json.Emit(json);
                break;
            case BoundIf condition:
                EmitIf(condition, "if");
                break;
            case BoundEach each:
                EmitEach(each);
                break;
        }
    }

    private void EmitValue(BoundPath path)
    {
        var expression = PathExpression.Of(path);
        _writer.Line(path.Shape.Kind switch
        {
            ShapeKind.Enum => $"{_prompt}.AppendEnum({expression});",
            ShapeKind.Uri => $"{_prompt}.Append({expression}?.OriginalString);",
            _ => $"{_prompt}.Append({expression});",
        });
    }

    private void EmitMedia(BoundMedia media)
    {
        var contentType = media.ContentType is null ? "" : ", " + Operand(media.ContentType);
        _writer.Line($"{_prompt}.Media({Operand(media.Source)}{contentType});");
    }

    private static string Operand(BoundOperand operand) => operand.Path is null ? Literal.String(operand.Text!) : PathExpression.Of(operand.Path);

    private void EmitIf(BoundIf node, string keyword)
    {
        if (node.Then.Count == 0 && node.Else.Count == 0)
        {
            return;
        }

        // An empty branch is left out by asking the opposite.
        var swaps = node.Then.Count == 0;
        var condition = Condition.Of(node.Condition, node.IsNegated != swaps);
        var otherwise = swaps ? default : node.Else;
        _writer.Open($"{keyword} ({condition})");
        EmitNodes(swaps ? node.Else : node.Then);
        _writer.Close();
        if (otherwise.Count == 1 && otherwise[0] is BoundIf { Then.Count: > 0 } chained)
        {
            EmitIf(chained, "else if");
        }
        else if (otherwise.Count > 0)
        {
            _writer.Open("else");
            EmitNodes(otherwise);
            _writer.Close();
        }
    }

    private void EmitEach(BoundEach each)
    {
        if (each.Body.Count == 0 && each.Else.Count == 0)
        {
            return;
        }

        _writer.Open($"if ({EachCondition(each)})");
        if (each.Index is not null)
        {
            _writer.Line($"var {each.Index} = 0;");
        }

        _writer.Open($"foreach (var {each.Item} in {each.Collection})");
        EmitNodes(each.Body);
        if (each.Index is not null)
        {
            _writer.Line($"{each.Index}++;");
        }

        _writer.Close().Close();
        if (each.Else.Count > 0)
        {
            _writer.Open("else");
            EmitNodes(each.Else);
            _writer.Close();
        }
    }

    /// <summary>Tests that there is a collection, and an element where it matters, and gives it its name.</summary>
    private static string EachCondition(BoundEach each)
    {
        var source = PathExpression.Of(each.Source);
        var name = each.Collection == source ? "" : " " + each.Collection;
        if (each.CopiedFrom is not null)
        {
            return $"{source} is {{ }} {each.CopiedFrom} && global::System.Linq.Enumerable.ToArray({each.CopiedFrom}) is {{ Length: > 0 }} {each.Collection}";
        }

        return each.CountMember is null ? $"{source} is {{ }}{name}" : $"{source} is {{ {each.CountMember}: > 0 }}{name}";
    }
}
