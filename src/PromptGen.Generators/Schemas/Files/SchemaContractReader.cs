using System.Collections.Generic;
using System.Linq;
using System.Text;
using PromptGen.Generators.Findings;
using PromptGen.Generators.Model;
using PromptGen.Generators.Text;

namespace PromptGen.Generators.Schemas.Files;

/// <summary>Makes a prompt's schema file its contract.</summary>
internal static class SchemaContractReader
{
    private static readonly Place Attribute = new Place.Attribute("OutputSchema", 0, "#0");

    /// <summary>The contract; null where the prompt has no schema file, or one that cannot be its contract.</summary>
    public static SchemaContract? Read(PromptDeclaration declaration, List<Finding> findings)
    {
        if (declaration.Schema is not { } schema)
        {
            return null;
        }

        if (schema.Texts is not { } texts)
        {
            findings.Add(Finding.At(Attribute, "PG0208", schema.File));
            return null;
        }

        if (declaration.Return is not (ReturnKind.Value or ReturnKind.Result) || (declaration.Contract is null && !schema.IsJson))
        {
            findings.Add(Finding.At(
                Attribute, "PG0303", schema.File, $"[OutputSchema] needs a JSON result, but '{declaration.Name}' {WhatIsReturned(declaration)}: return Task<JsonElement> or Task<YourType>"));
            return null;
        }

        var source = SchemaSource.Of(texts);
        var program = source.Program;
        findings.AddRange(program.Problems.Select(problem => Finding.At(new Place.File(problem.Path, problem.Span), "PG0303", schema.File, problem.Message)));
        if (program.Problems.Count > 0)
        {
            return null;
        }

        findings.AddRange(program.Unchecked.Select(found => Finding.At(new Place.File(found.Path, found.Span), "PG0306", schema.File, found.Message)));
        findings.AddRange(SchemaFit.Misfits(program.Root!, declaration.Contract).Select(misfit => Finding.At(new Place.ReturnType(), "PG0303", schema.File, misfit)));
        return Create(declaration, schema.File, texts, source);
    }

    private static string WhatIsReturned(PromptDeclaration declaration) =>
        declaration.IsChatClient ? "returns an IChatClient" : declaration.Return is ReturnKind.Value or ReturnKind.Result ? "returns text" : "streams its answer";

    private static SchemaContract Create(PromptDeclaration declaration, string file, SchemaTexts texts, SchemaSource source)
    {
        var stem = Stem(file);
        var contract = declaration.Contract;
        return new SchemaContract(
            file,
            texts.All,
            (contract is null ? stem : stem + "As" + contract.ClassName.Substring(0, contract.ClassName.Length - "Contract".Length)) + "SchemaContract",
            stem.Length <= 64 ? stem : stem.Substring(0, 64),
            declaration.OutputType,
            contract?.ContractTypeName,
            source.IsWrapped,
            source.Json,
            source.Program);
    }

    /// <summary>A name after the path as it is written, so that it is the same on every machine.</summary>
    private static string Stem(string path)
    {
        var plain = path.Replace('\\', '/').TrimStart('.', '/');
        plain = plain.EndsWith(".json", System.StringComparison.OrdinalIgnoreCase) ? plain.Substring(0, plain.Length - 5) : plain;
        plain = plain.EndsWith(".schema", System.StringComparison.OrdinalIgnoreCase) ? plain.Substring(0, plain.Length - 7) : plain;
        var name = new StringBuilder();
        foreach (var part in plain.Split('/'))
        {
            name.Append(CSharpName.Pascal(part));
        }

        // Nothing but letters, digits and slashes is left out of a name without a trace.
        var isExact = plain.All(static c => c == '/' || (c < 128 && char.IsLetterOrDigit(c))) && name.Length > 0 && char.IsLetter(name[0]);
        return isExact ? name.ToString() : $"{(name.Length > 0 && char.IsDigit(name[0]) ? "_" : "")}{name}_{new TextHash().Add(plain)}";
    }
}
