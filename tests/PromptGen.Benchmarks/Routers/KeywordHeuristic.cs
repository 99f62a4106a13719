namespace PromptGen.Benchmarks.Routers;

/// <summary>A router as gateways have it: words for code, for reasoning or for a technical field, and the length, each with a weight.</summary>
internal static class KeywordHeuristic
{
    private static readonly string[] Code = ["function", "class ", "def ", "return", "import", "algorithm", "debug", "compile", "sql", "python", "javascript", "regex", "array", "program"];
    private static readonly string[] Reasoning = ["step by step", "prove", "derive", "explain why", "analyze", "compare", "evaluate", "reason", "therefore", "conclude", "suppose", "assume", "which of the following statements"];
    private static readonly string[] Technical = ["theorem", "equation", "integral", "matrix", "probability", "protein", "voltage", "enzyme", "quantum", "statute", "liability", "equilibrium", "encryption", "kernel", "isotope"];

    public static double Complexity(string text) =>
        (0.3 * Found(text, Code)) + (0.35 * Found(text, Reasoning)) + (0.25 * Found(text, Technical)) + (0.1 * Math.Min(1, text.Length / 1_600.0));

    /// <summary>From 0 to 1: three words of a list are enough.</summary>
    private static double Found(string text, string[] words) => Math.Min(1, words.Count(word => text.Contains(word, StringComparison.OrdinalIgnoreCase)) / 3.0);
}
