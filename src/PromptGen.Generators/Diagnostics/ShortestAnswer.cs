using System.Collections.Generic;
using System.Linq;
using PromptGen.Generators.Model;
using PromptGen.Generators.Model.Contracts;
using PromptGen.Generators.Routing;

namespace PromptGen.Generators.Diagnostics;

/// <summary>
/// The fewest tokens of an answer that fulfils the contract. Tokenizers separate words from the punctuation of JSON: every name and value is at least one token, and so is
/// the punctuation before, between and after them. A value that can be empty counts as empty, an optional member as absent, and a long text as few very long words.
/// </summary>
internal sealed class ShortestAnswer
{
    /// <summary>The characters of a text that one token may stand for: more than in any natural text.</summary>
    private const int LongestWord = 64;

    /// <summary>More words than any output limit has room for.</summary>
    private const int Endless = int.MaxValue / 4;

    private readonly ContractModel _contract;
    private readonly int[] _words;

    private ShortestAnswer(ContractModel contract)
    {
        _contract = contract;
        _words = Enumerable.Repeat(Endless, contract.Objects.Count).ToArray();

        // The words of a type become fewer while those that it needs do. Contracts have 256 types at most.
        for (var hasChanged = true; hasChanged;)
        {
            hasChanged = false;
            for (var i = 0; i < _words.Length; i++)
            {
                if (Sum(contract.Objects[i].Members.Where(static member => member.IsRequired).Select(member => Words(member.JsonName) + Words(member.Value))) is var words && words < _words[i])
                {
                    (_words[i], hasChanged) = (words, true);
                }
            }
        }
    }

    /// <summary>The fewest tokens of an answer; 0 where the contract is none of an output type, or elements are streamed, of which there may be none.</summary>
    public static int Tokens(PromptPlan plan)
    {
        if (plan.Declaration is not { Element: null, Schema: null, Contract: { CanEmit: true, IsText: false } contract })
        {
            return 0;
        }

        // A model without structured output may leave the wrapper out.
        var isWrapped = contract.IsWrapped && plan.Route.Models.All(static model => model.Can(ModelFeatures.StructuredOutput));
        var words = new ShortestAnswer(contract).Words(contract.Root) + (isWrapped ? 1 : 0);
        return words >= Endless ? 0 : isWrapped || !contract.IsWrapped ? (2 * words) + 1 : words;
    }

    private int Words(ValueModel value) => value.IsNullable ? System.Math.Min(1, WordsOf(value)) : WordsOf(value);

    private int WordsOf(ValueModel value) => value.Kind switch
    {
        ValueKind.Object => _words[value.Reference],
        ValueKind.Union => _contract.Unions[value.Reference].Cases.Select(one => Words(one.Value)).DefaultIfEmpty().Min(),
        ValueKind.Array or ValueKind.Map => (int)System.Math.Min(Endless, (long)value.Constraints.MinLength * Words(value.Item)),
        ValueKind.String when value.Constraints.Allowed.Count > 0 => value.Constraints.Allowed.Min(static allowed => Words(allowed.Json)),
        ValueKind.String => (value.Constraints.MinLength + LongestWord - 1) / LongestWord,
        ValueKind.Uri or ValueKind.Bytes or ValueKind.Flags => 0,
        _ => value.Kind.IsJson() ? 0 : 1,
    };

    private static int Words(string text) => text.Any(char.IsLetterOrDigit) ? 1 : 0;

    private static int Sum(IEnumerable<int> words) => (int)System.Math.Min(Endless, words.Sum(static one => (long)one));
}
