using System.Buffers;
using System.ComponentModel;
using System.Text;
using System.Text.Json;

namespace PromptGen.Contracts;

/// <summary>An output type with its JSON Schema and the reader that checks and builds it. Implemented by generated code.</summary>
/// <typeparam name="T">The output type.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class PromptContract<T>
{
    // Boxed: an element is too wide to be written at once.
    private readonly object?[] _schemas = new object?[ModelDefaults.DialectCount];

    /// <summary>The name sent along with the schema: letters, digits, <c>_</c> and <c>-</c>, at most 64.</summary>
    public abstract string Name { get; }

    /// <summary>The JSON Schema as UTF-8; empty where the answer is plain text.</summary>
    public abstract ReadOnlySpan<byte> SchemaUtf8 { get; }

    /// <summary>Whether the answer is text that is returned as it came.</summary>
    public virtual bool IsText => false;

    /// <summary>Whether the value is not an object and is therefore wrapped in one, as <c>{"value": …}</c>: providers take no other root.</summary>
    public virtual bool IsWrapped => false;

    /// <summary>The JSON Schema, parsed once; undefined where <see cref="IsText"/>.</summary>
    public JsonElement Schema => SchemaFor(SchemaDialect.Standard);

    /// <summary>The JSON Schema as UTF-8 in the dialect of a model's structured output.</summary>
    /// <param name="dialect">The dialect.</param>
    /// <returns>
    /// <see cref="SchemaUtf8"/> where nothing had to be rewritten, or the dialect is of no model in the catalog that the contract was compiled with;
    /// empty where the dialect can't express the contract, which the model then gets in words.
    /// </returns>
    public virtual ReadOnlySpan<byte> SchemaUtf8For(SchemaDialect dialect) => SchemaUtf8;

    /// <summary>The JSON Schema in the dialect of a model's structured output, parsed once.</summary>
    /// <param name="dialect">The dialect.</param>
    /// <returns>The schema; undefined where the dialect can't express the contract, or <see cref="IsText"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There is no such dialect.</exception>
    public JsonElement SchemaFor(SchemaDialect dialect)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)dialect, (uint)(ModelDefaults.DialectCount - 1), nameof(dialect));
        var schema = SchemaUtf8For(dialect);
        var index = schema == SchemaUtf8 ? 0 : (int)dialect;
        return schema.IsEmpty ? default : (JsonElement)(_schemas[index] ??= Parse(schema));
    }

    /// <summary>Checks an answer and builds its value, with the tolerance that prompts have by default: <see cref="Tolerance.Lenient"/>.</summary>
    /// <param name="answer">The text of the answer; more than 16 Mi characters are <see cref="PromptErrorCode.OutputTooLarge"/>.</param>
    /// <returns>The value, or every violation.</returns>
    /// <exception cref="PromptException">With <see cref="PromptErrorCode.Configuration"/>: a <c>[ContractCheck]</c> method, or the value's own <c>Validate</c>, threw.</exception>
    public ContractReading<T> Read(string answer) => Read(answer, Tolerance.Lenient);

    /// <summary>Checks an answer and builds its value: strictly first, then with as much overlooked as the tolerance allows.</summary>
    /// <param name="answer">The text of the answer; more than 16 Mi characters are <see cref="PromptErrorCode.OutputTooLarge"/>.</param>
    /// <param name="tolerance">What may be overlooked.</param>
    /// <returns>The value and what was overlooked for it, or every violation of strict reading.</returns>
    /// <exception cref="PromptException">With <see cref="PromptErrorCode.Configuration"/>: a <c>[ContractCheck]</c> method, or the value's own <c>Validate</c>, threw.</exception>
    /// <remarks>An answer that ends early is never completed, a required value never invented, and what was valid never altered.</remarks>
    public virtual ContractReading<T> Read(string answer, Tolerance tolerance)
    {
        ArgumentNullException.ThrowIfNull(answer);
        if (answer.Length > ContractLimits.AnswerLength)
        {
            return ContractReading<T>.Failed(PromptErrorCode.OutputTooLarge);
        }

        // A call has its own guard; outside of a call there is neither deadline nor token.
        var rented = ReadingGuard.Current is null ? ReadingGuard.Rent() : null;
        try
        {
            var reading = ReadUtf8(answer, tolerance, rented ?? ReadingGuard.Current!, isElement: false);
            return reading.Code == PromptErrorCode.InvalidJson && string.IsNullOrWhiteSpace(answer)
                ? ContractReading<T>.Failed(PromptErrorCode.EmptyOutput)
                : reading;
        }
        finally
        {
            if (rented is not null)
            {
                ReadingGuard.Return(rented);
            }
        }
    }

    /// <summary>Reads the value on whose first token the reader is. Implemented by generated code.</summary>
    /// <param name="reader">The answer.</param>
    /// <returns>The value; it is dropped where the reader has recorded a violation.</returns>
    public abstract T ReadValue(ref ContractReader reader);

    /// <summary>Reads an answer for a call, which goes on whatever the output type's own code throws.</summary>
    /// <param name="answer">The text of the answer.</param>
    /// <param name="tolerance">What may be overlooked.</param>
    /// <param name="guard">Bounds the work. Where it ends the reading, that is the outcome: <see cref="PromptErrorCode.Cancelled"/> or <see cref="PromptErrorCode.DeadlineExceeded"/>.</param>
    internal ContractReading<T> ReadOrRefuse(string answer, Tolerance tolerance, ReadingGuard guard)
    {
        var outer = ReadingGuard.Enter(guard);
        try
        {
            return Read(answer, tolerance);
        }
        catch (Exception exception)
        {
            return ContractReading<T>.Ended(exception, guard);
        }
        finally
        {
            ReadingGuard.Enter(outer);
        }
    }

    /// <summary>Like <see cref="ReadOrRefuse"/>, for one JSON value of an answer.</summary>
    /// <param name="json">The text of the value, which begins and ends with it.</param>
    /// <param name="tolerance">What may be overlooked.</param>
    /// <param name="guard">Bounds the work on the whole answer.</param>
    internal ContractReading<T> ReadElement(ReadOnlySpan<char> json, Tolerance tolerance, ReadingGuard guard)
    {
        try
        {
            return ReadUtf8(json, tolerance, guard, isElement: true);
        }
        catch (Exception exception)
        {
            return ContractReading<T>.Ended(exception, guard);
        }
    }

    private ContractReading<T> ReadUtf8(ReadOnlySpan<char> text, Tolerance tolerance, ReadingGuard guard, bool isElement)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(1 + (text.Length <= 4096 ? 3 * text.Length : Encoding.UTF8.GetByteCount(text)));
        try
        {
            var length = Encoding.UTF8.GetBytes(text, buffer);
            buffer[length] = (byte)'\n';
            var reader = new AnswerReader<T>(this, isAscii: length == text.Length, guard, tolerance);
            var line = buffer.AsSpan(0, length + 1);
            return isElement ? reader.ReadElement(line) : reader.Read(line);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static JsonElement Parse(ReadOnlySpan<byte> schema)
    {
        using var document = JsonDocument.Parse(schema.ToArray());
        return document.RootElement.Clone();
    }
}
