using System.Text.Json;

namespace PromptGen.Contracts;

/// <summary>An output type with its JSON Schema and the reader that checks and builds it. Implemented by generated code.</summary>
/// <typeparam name="T">The output type.</typeparam>
public abstract class PromptContract<T>
{
    private JsonElement? _schema;

    /// <summary>The name sent along with the schema: letters, digits, <c>_</c> and <c>-</c>, at most 64.</summary>
    public abstract string Name { get; }

    /// <summary>The JSON Schema as UTF-8; empty where the answer is plain text.</summary>
    public abstract ReadOnlySpan<byte> SchemaUtf8 { get; }

    /// <summary>Whether the answer is text that is returned as it came.</summary>
    public virtual bool IsText => false;

    /// <summary>The JSON Schema, parsed once; undefined where <see cref="IsText"/>.</summary>
    public JsonElement Schema => _schema ??= ParseSchema();

    /// <summary>Checks an answer and builds its value: strictly first, then with code fence and surrounding prose removed.</summary>
    /// <param name="answer">The text of the answer.</param>
    /// <returns>The value, or every violation.</returns>
    public abstract ContractReading<T> Read(string answer);

    private JsonElement ParseSchema()
    {
        if (IsText)
        {
            return default;
        }

        using var document = JsonDocument.Parse(SchemaUtf8.ToArray());
        return document.RootElement.Clone();
    }
}
