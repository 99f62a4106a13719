using System.Globalization;

#if PROMPTGEN_COMPILER
namespace PromptGen.Generators.Text;
#else
namespace PromptGen.Routing;
#endif

/// <summary>FNV-1a over text that comes in parts, as eight hexadecimal digits.</summary>
internal sealed class TextHash
{
    /// <summary>The hash of what was added so far.</summary>
    public uint Value { get; private set; } = 2166136261u;

    public TextHash Add(string? text)
    {
        foreach (var c in text ?? "")
        {
            Add(c);
        }

        return this;
    }

    public TextHash Add(char c)
    {
        Value = unchecked((Value ^ c) * 16777619u);
        return this;
    }

    public override string ToString() => Value.ToString("x8", CultureInfo.InvariantCulture);
}
