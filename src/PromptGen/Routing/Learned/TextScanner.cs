using System.Runtime.CompilerServices;

namespace PromptGen.Routing;

/// <summary>
/// Reads texts once, from first to last character, and gives their words, pairs of words and trigrams to a sink, as the numbers of buckets. Successive texts are read
/// as if a line break separated them. Upper and lower case are the same; space of any length is one blank; a sign is a word. Nothing is allocated.
/// </summary>
/// <typeparam name="TSink">A struct, so that the compiler writes one loop for each sink.</typeparam>
/// <param name="sink">Gets the features.</param>
internal struct TextScanner<TSink>(TSink sink)
    where TSink : struct, IFeatureSink
{
    private const uint Seed = 2166136261;
    private const uint Prime = 16777619;

    private TSink _sink = sink;
    private TextShape _shape;
    private uint _word = Seed;
    private uint _previousWord;
    private int _length;
    private ulong _characters;
    private int _scanned;

    /// <summary>The sink with what it has got.</summary>
    public readonly TSink Sink => _sink;

    /// <summary>Length and structure of what was read.</summary>
    public readonly TextShape Shape => _shape;

    /// <summary>Reads a text; null is as if it was not there.</summary>
    public void Read(string? text)
    {
        if (text is null)
        {
            return;
        }

        if (_shape.Length > 0)
        {
            _shape.Length++;
            Next('\n');
        }

        _shape.Length += text.Length;
        foreach (var character in text.AsSpan(0, Math.Min(text.Length, TextFeatures.MaxLength - _scanned)))
        {
            Next(character);
        }

        _scanned += Math.Min(text.Length, TextFeatures.MaxLength - _scanned);
    }

    /// <summary>Ends the last word. Nothing may be read after it.</summary>
    public void End() => EndWord();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Bucket(uint hash)
    {
        hash = (hash ^ (hash >> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >> 13)) * 0xc2b2ae35;
        return (int)((hash ^ (hash >> 16)) & (TextFeatures.Buckets - 1));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Next(char character)
    {
        var kind = CharacterKinds.Of(character);
        _shape.Count(character, kind);
        var folded = (kind & CharacterKind.Upper) != 0 ? char.ToLowerInvariant(character) : (kind & CharacterKind.Space) != 0 ? ' ' : character;
        if ((kind & CharacterKind.OfWord) != 0)
        {
            _word = (_word ^ folded) * Prime;
            _length++;
        }
        else
        {
            EndWord();
            if (folded == ' ')
            {
                if ((_characters & 0xffff) == ' ')
                {
                    return;
                }
            }
            else
            {
                EmitWord((Seed ^ folded) * Prime);
            }
        }

        _characters = (_characters << 16) | folded;
        if (((_characters >> 32) & 0xffff) != 0)
        {
            _sink.Trigram((int)(((_characters & 0xffff_ffff_ffff) * 0x9E3779B97F4A7C15UL) >> (64 - TextFeatures.BucketBits)));
        }
    }

    private void EndWord()
    {
        if (_length > 0)
        {
            _shape.CountWord(_length);
            EmitWord(_word);
            (_word, _length) = (Seed, 0);
        }
    }

    private void EmitWord(uint word)
    {
        _sink.Word(Bucket(word));
        if (_previousWord != 0)
        {
            _sink.Pair(Bucket((_previousWord * 31) + word));
        }

        _previousWord = word;
    }
}
