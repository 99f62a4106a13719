using System.Text;
using System.Text.Json;
using PromptGen.Contracts;
using PromptGen.Contracts.Schemas;

namespace PromptGen.Streaming;

/// <summary>An element of a list, equal to another one by its JSON value; where that cannot be read strictly, by its text.</summary>
internal sealed class ElementKey : IEquatable<ElementKey>
{
    private readonly byte[] _json;
    private readonly int _hash;
    private readonly bool _isValid;
    private readonly ReadingGuard _guard;

    public ElementKey(string text, ReadingGuard guard)
    {
        (Text, _guard) = (text, guard);
        _json = Encoding.UTF8.GetBytes(text);
        try
        {
            JsonDocument.Parse(_json, new JsonDocumentOptions { MaxDepth = ContractLimits.Depth }).Dispose();
            _hash = JsonEquality.Hash(_json, guard);
            _isValid = true;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            _hash = text.GetHashCode(StringComparison.Ordinal);
        }
    }

    /// <summary>The element as it came.</summary>
    public string Text { get; }

    /// <summary>Whether it is a text, an object or a list. That a number or a truth value comes twice means nothing.</summary>
    public bool IsDistinctive => Text[0] is '"' or '{' or '[';

    public bool Equals(ElementKey? other) => other is not null && _hash == other._hash && _isValid == other._isValid
        && (_isValid ? JsonEquality.AreEqual(_json, other._json, _guard) : Text == other.Text);

    public override bool Equals(object? obj) => Equals(obj as ElementKey);

    public override int GetHashCode() => _hash;
}
