namespace PromptGen.Routing;

/// <summary>Gets the hashed features of a text, one by one.</summary>
internal interface IFeatureSink
{
    void Word(int bucket);

    /// <summary>Two words that follow one another.</summary>
    void Pair(int bucket);

    /// <summary>Three characters that follow one another.</summary>
    void Trigram(int bucket);
}
