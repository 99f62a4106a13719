using System.ComponentModel;

namespace PromptGen.Contracts;

/// <summary>The contract of a prompt that returns <see cref="string"/>: the answer's text as it came.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TextContract : PromptContract<string>
{
    /// <summary>The one instance.</summary>
    public static readonly TextContract Instance = new();

    private TextContract()
    {
    }

    /// <inheritdoc />
    public override string Name => "Text";

    /// <inheritdoc />
    public override ReadOnlySpan<byte> SchemaUtf8 => default;

    /// <inheritdoc />
    public override bool IsText => true;

    /// <inheritdoc />
    public override ContractReading<string> Read(string answer, Tolerance tolerance)
    {
        ArgumentNullException.ThrowIfNull(answer);
        return answer.Length > ContractLimits.AnswerLength ? ContractReading<string>.Failed(PromptErrorCode.OutputTooLarge)
            : string.IsNullOrWhiteSpace(answer) ? ContractReading<string>.Failed(PromptErrorCode.EmptyOutput)
            : ContractReading<string>.Valid(answer);
    }

    /// <inheritdoc />
    public override string ReadValue(ref ContractReader reader) => reader.String("a string");
}
