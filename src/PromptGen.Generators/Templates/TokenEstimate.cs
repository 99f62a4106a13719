namespace PromptGen.Generators.Templates;

/// <summary>The estimate of tokens that the runtime makes too: four ASCII characters are one token, any other character is one.</summary>
internal struct TokenEstimate
{
    /// <summary>What a message costs beside its text.</summary>
    public const int PerMessage = 4;

    /// <summary>What a medium costs.</summary>
    public const int PerMedia = 1000;

    private int _ascii;
    private int _other;

    public readonly int Tokens => ((_ascii + 3) / 4) + _other;

    public void Add(string text)
    {
        foreach (var c in text)
        {
            if (c < 128)
            {
                _ascii++;
            }
            else
            {
                _other++;
            }
        }
    }
}
