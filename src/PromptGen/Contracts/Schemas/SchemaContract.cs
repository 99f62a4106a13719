using System.ComponentModel;
using System.Text.Json;

namespace PromptGen.Contracts.Schemas;

/// <summary>A contract that a JSON Schema file states. Implemented by generated code: the schema is code by then.</summary>
/// <typeparam name="T">The output type: <see cref="JsonElement"/>, or a type that takes what the schema allows.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class SchemaContract<T> : PromptContract<T>
{
    /// <summary>Checks the value on whose first token the reader is, and skips it.</summary>
    /// <param name="reader">The answer.</param>
    public abstract void Check(ref ContractReader reader);

    /// <summary>Builds the value on whose first token the reader is, which the schema allows.</summary>
    /// <param name="reader">The answer.</param>
    /// <returns>The value.</returns>
    protected abstract T Build(ref ContractReader reader);

    /// <inheritdoc />
    public sealed override T ReadValue(ref ContractReader reader)
    {
        var value = reader.Mark();
        Check(ref reader);
        if (reader.HasFailed)
        {
            return default!;
        }

        reader.Rewind(in value);
        return Build(ref reader);
    }

    /// <summary>Whether the schema allows a JSON value. Nothing is built and, for all but unusual schemas, nothing allocated.</summary>
    /// <param name="json">The JSON as UTF-8, with nothing but white space around it.</param>
    /// <returns>False also where the text is no JSON, or ends early.</returns>
    public bool Allows(ReadOnlySpan<byte> json)
    {
        // A number at the end of a text may go on: only what follows it ends it.
        var isScalar = json.TrimEnd(" \t\r\n"u8) is [.., >= (byte)'0' and <= (byte)'9'];
        var guard = ReadingGuard.Rent();
        var reader = new ContractReader(isScalar ? [.. json, (byte)'\n'] : json, isAscii: false, guard);
        try
        {
            if (!reader.Start())
            {
                return false;
            }

            Check(ref reader);
            return !reader.HasFailed && AnswerText.TrimStart(json[Math.Min(reader.Consumed, json.Length)..], guard).IsEmpty;
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException)
        {
            // The JSON is broken, or has more alternatives than anybody wants to wait for.
            return false;
        }
        finally
        {
            ReadingGuard.Return(guard);
        }
    }
}
