using System.Collections.Generic;
using System.Linq;

namespace PromptGen.Generators.Model;

/// <summary>The dialects other than the standard one that contracts have to be written in.</summary>
/// <param name="Bits">One bit for each.</param>
internal readonly record struct DialectSet(int Bits)
{
    public bool IsEmpty => Bits == 0;

    /// <summary>The dialects in order.</summary>
    public IEnumerable<SchemaDialect> Dialects
    {
        get
        {
            for (var dialect = SchemaDialect.Standard; dialect <= SchemaDialect.Gemini; dialect++)
            {
                if (Contains(dialect))
                {
                    yield return dialect;
                }
            }
        }
    }

    public bool Contains(SchemaDialect dialect) => (Bits & (1 << (int)dialect)) != 0;

    /// <summary>The dialects that these models are sent a schema in.</summary>
    public static DialectSet Of(IEnumerable<ModelDeclaration> models) =>
        new(models.Aggregate(0, static (bits, model) => bits | (model.SentDialect == SchemaDialect.Standard ? 0 : 1 << (int)model.SentDialect)));
}
