using PromptGen.Generators.Model;
using PromptGen.Generators.Model.Contracts;
using PromptGen.Generators.Schemas;
using PromptGen.Generators.Schemas.Dialects;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Emission;

/// <summary>Writes the file of a contract: its schema as a UTF-8 literal and one reading method for each type that the answer is made of.</summary>
internal sealed class ContractEmitter
{
    private readonly ContractModel _contract;
    private readonly DialectSet _dialects;
    private readonly SourceWriter _source = GeneratedFile.Begin();
    private readonly PatternFields _patterns = new();

    private ContractEmitter(ContractModel contract, DialectSet dialects)
    {
        _contract = contract;
        _dialects = dialects;
    }

    /// <summary>The whole file. The model must be one that can be emitted, and no text.</summary>
    /// <param name="contract">The contract.</param>
    /// <param name="dialects">The dialects that the catalog's models take.</param>
    public static string Emit(ContractModel contract, DialectSet dialects = default) => new ContractEmitter(contract, dialects).Write();

    private string Write()
    {
        _source.Line($"namespace {_contract.Namespace};").Line();
        WriteSummary();
        _source.Attributes(_contract.IsObsolete);
        _source.Open($"internal sealed class {_contract.ClassName} : global::PromptGen.Contracts.PromptContract<{_contract.TypeName}>");
        WriteHead();
        var readings = new ReadingWriter(_contract, _source, _patterns);
        readings.WriteRoot();
        foreach (var type in _contract.Objects)
        {
            readings.WriteObject(type);
        }

        foreach (var type in _contract.Unions)
        {
            readings.WriteUnion(type);
        }

        foreach (var type in _contract.Enums)
        {
            WriteEnum(type);
        }

        _patterns.Write(_source);
        return _source.Close().Finish();
    }

    private void WriteSummary()
    {
        _source.Line($"// {GeneratedFile.OneLine(_contract.DisplayName)}");
        foreach (var type in _contract.Objects)
        {
            foreach (var member in type.Members)
            {
                var prefix = _contract.Objects.Count == 1 ? "" : type.Name + ".";
                _source.Line($"//   {prefix}{GeneratedFile.OneLine(member.JsonName)}: {GeneratedFile.OneLine(Expectation.Of(member.Value, _contract))}{(member.IsRequired ? "" : " (optional)")}");
            }
        }

        if (_contract.Objects.Count == 0)
        {
            _source.Line($"//   {GeneratedFile.OneLine(Expectation.Of(_contract.Root, _contract))}");
        }
    }

    private void WriteHead()
    {
        _source.Line($"public static readonly {_contract.ClassName} Instance = new();").Line();
        _source.Line($"public override string Name => {Literal.String(_contract.SchemaName)};").Line();
        if (_contract.IsWrapped)
        {
            _source.Line("public override bool IsWrapped => true;").Line();
        }

        SchemaLiterals.Write(_source, _contract.SchemaJson, DialectSchema.Of(_contract, _dialects));
    }

    private void WriteEnum(EnumModel type)
    {
        _source.Line();
        _source.Append($"private static {type.TypeName} Read{type.Name}(ref global::PromptGen.Contracts.ContractReader reader, string expected)");
        if (type.IsFlags)
        {
            WriteFlags(type);
            return;
        }

        if (type.IsLarge)
        {
            WriteLarge(type);
            return;
        }

        _source.Line(" =>").Indent();
        WriteNames(type, "expected");
    }

    private void WriteFlags(EnumModel type)
    {
        _source.Open();
        _source.Line($"const string itemIs = {Literal.String(Expectation.Names(type))};").Line();
        _source.Line($"{type.TypeName} flags = default;").Line("var seen = 0UL;");
        _source.Open("if (reader.StartArray(expected))").Open("while (reader.NextItem())");
        _source.Line("flags |=").Indent();
        WriteNames(type, "itemIs");
        _source.Close().Close().Line().Line("return flags;").Close();
    }

    // One expression for thousands of names would be too deep for the compiler.
    private void WriteLarge(EnumModel type)
    {
        var test = Test(type);
        _source.Open();
        foreach (var member in type.Members)
        {
            _source.Line($"if (reader.{test}({Literal.String(member.JsonName)}u8)) return {type.TypeName}.{member.Name};");
        }

        _source.Line($"return reader.Mismatch<{type.TypeName}>(expected);").Close();
    }

    private static string Test(EnumModel type) => type.AreNamesDistinct ? "IsName" : "IsText";

    private void WriteNames(EnumModel type, string expected)
    {
        var test = Test(type);
        for (var i = 0; i < type.Members.Count; i++)
        {
            var member = $"{type.TypeName}.{type.Members[i].Name}";
            _source.Line($"reader.{test}({Literal.String(type.Members[i].JsonName)}u8) ? {(type.IsFlags ? $"reader.Once({member}, ref seen, {Literal.Int(i)})" : member)} :");
        }

        _source.Line($"reader.Mismatch<{type.TypeName}>({expected});").Unindent();
    }
}
