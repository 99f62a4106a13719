using PromptGen.Generators.Model;
using PromptGen.Generators.Schemas.Dialects;
using PromptGen.Generators.Schemas.Files;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Emission;

/// <summary>Writes the contract of a schema file: one method for each schema in it that checks a value in one pass.</summary>
internal static class SchemaEmitter
{
    /// <summary>The whole file.</summary>
    /// <param name="contract">The contract, whose schema has to be one without problems.</param>
    /// <param name="dialects">The dialects that the catalog's models take.</param>
    public static string Emit(SchemaContract contract, DialectSet dialects = default)
    {
        var source = GeneratedFile.Begin();
        source.Line($"namespace {SchemaContract.Namespace};").Line();
        source.Line($"// {GeneratedFile.OneLine(contract.File)}: {GeneratedFile.OneLine(SchemaWords.Of(contract.Program.Root!))}");
        source.Line(GeneratedFile.GeneratedCode);
        source.Open($"internal sealed class {contract.ClassName} : global::PromptGen.Contracts.Schemas.SchemaContract<{contract.TypeName}>");
        source.Line($"public static readonly {contract.ClassName} Instance = new();").Line();
        source.Line($"public override string Name => {Literal.String(contract.SchemaName)};").Line();
        if (contract.IsWrapped)
        {
            source.Line("public override bool IsWrapped => true;").Line();
        }

        SchemaLiterals.Write(source, contract.SchemaJson, DialectSchema.Of(contract.SchemaJson, dialects));
        source.Line("public override void Check(ref global::PromptGen.Contracts.ContractReader reader) => CheckRoot(ref reader);").Line();
        source.Line($"protected override {contract.TypeName} Build(ref global::PromptGen.Contracts.ContractReader reader) => {contract.BuildExpression};");
        WriteChecks(source, contract.Program);
        return source.Close().Finish();
    }

    private static void WriteChecks(SourceWriter source, SchemaProgram program)
    {
        SchemaNames.Assign(program);
        var fields = new SchemaFields();
        foreach (var schema in program.Schemas)
        {
            // A schema that one call checks has no method, unless it is the root: the call is written where the schema is used.
            if (!SchemaBody.IsInline(schema) || ReferenceEquals(schema, program.Root))
            {
                new SchemaBody(source, fields, schema, isTracked: false).Write();
                if (schema.IsTracked)
                {
                    new SchemaBody(source, fields, schema, isTracked: true).Write();
                }
            }
        }

        fields.Write(source);
    }
}
