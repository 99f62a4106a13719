using System.Linq;
using PromptGen.Generators.Model.Contracts;
using PromptGen.Generators.Schemas;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Emission;

internal sealed partial class ReadingWriter
{
    public void WriteUnion(UnionModel type)
    {
        source.Line();
        if (type.Tag is { } tag)
        {
            WriteTagged(type, tag);
            return;
        }

        var field = "s_casesOf" + type.Name;
        source.Line($"private static readonly global::PromptGen.Contracts.ContractCase[] {field} =").Line("[").Indent();
        foreach (var item in type.Cases)
        {
            source.Line($"new([{string.Join(", ", contract.Objects[item.Value.Reference].Members.Select(Member))}]),");
        }

        source.Unindent().Line("];").Line();
        source.Line($"private static {type.TypeName} Read{type.Name}({Reader}, string expected) => reader.Case({field}) switch").Line("{").Indent();
        for (var i = 0; i < type.Cases.Count; i++)
        {
            source.Line($"{Literal.Int(i)} => {Case(type.Cases[i])},");
        }

        source.Line($"_ => reader.Mismatch<{type.TypeName}>(expected),").Unindent().Line("};");
    }

    private void WriteTagged(UnionModel type, string tag)
    {
        source.Open($"private static {type.TypeName} Read{type.Name}({Reader}, string expected)");
        source.Line($"var tag = reader.LookFor({Literal.String(tag)}u8);").Line("return").Indent();
        foreach (var item in type.Cases)
        {
            var test = item.Tag!.Json == item.Tag.CSharp && item.Tag.Json[0] != '"' ? $"IsInteger({item.Tag.CSharp})" : $"IsText({item.Tag.CSharp}u8)";
            source.Line($"tag.{test} ? {Case(item)} :");
        }

        source.Line($"reader.NoCase<{type.TypeName}>(tag, {Literal.String(tag)}, expected, {Literal.String(Expectation.Tags(type))});").Unindent().Close();
    }

    private string Case(UnionCaseModel item) => $"Read{contract.Objects[item.Value.Reference].Name}(ref reader, expected)";

    /// <summary>Describes a member of a case by what distinguishes cases: its name, its JSON kinds, whether it is required, and its allowed texts.</summary>
    private string Member(MemberModel member)
    {
        const string Kinds = "global::PromptGen.Contracts.JsonKinds.";
        var kinds = UnionCases.KindsOf(member);
        var texts = UnionCases.TextsOf(member, contract);
        var text = $"new({Literal.String(member.JsonName)}, {(kinds.Count == 6 ? Kinds + "Any" : string.Join(" | ", kinds.Select(static kind => Kinds + kind)))}, {Literal.Bool(member.IsRequired)}";
        return texts.Count == 0 ? text + ")" : $"{text}, {string.Join(", ", texts.Select(Literal.String))})";
    }
}
