namespace PromptGen;

/// <summary>
/// Asks several models, which vote on the answer, before the route. The answer with enough votes is accepted or rejected like any other one. Where no answer has enough, or
/// the winner is rejected, the first step of the route follows; without a route (<c>[RoutedPrompt]</c> without arguments) the call fails with
/// <see cref="PromptErrorCode.NoQuorum"/>. <c>[Ensemble(A, B)]</c> accepts an answer only where both models agree.
/// </summary>
/// <remarks>
/// Votes are for the same answer where the voted values are equal: numbers by value, enums by member, lists in order, objects member by member. A member whose answer breaks
/// the contract is asked again as the prompt's <c>Repairs</c> say; one that is unavailable, or whose answer stays invalid, has no vote. Once the outcome is certain, the requests
/// that are still under way are cancelled; their cost is unknown.
/// </remarks>
/// <param name="models">The ids of the members, each once: with <see cref="Samples"/> two votes at least, 256 at most.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class EnsembleAttribute(params string[] models) : Attribute
{
    /// <summary>The ids of the members.</summary>
    public IReadOnlyList<string> Models { get; } = models;

    /// <summary>The member of the output type that is voted on, by its name in C#. Default: the whole value.</summary>
    public string? On { get; set; }

    /// <summary>
    /// How many votes an answer needs, above 0: more than half of all votes, at most all. Default: more than half. With weights it is a share of the weight: 2 of 3 votes are
    /// two thirds of it. A member without a vote counts as a vote for no answer.
    /// </summary>
    public int Quorum { get; set; }

    /// <summary>How often each model is asked, 1–100. Above 1 it needs a <see cref="RoutedPromptAttribute.Temperature"/> above 0, or a model would mostly repeat itself. Default: 1.</summary>
    public int Samples { get; set; } = 1;

    /// <summary>
    /// Whether all members are asked at once. Default: false: in declared order as many as can decide, then one by one, which costs less and takes longer where they disagree.
    /// </summary>
    public bool Eager { get; set; }

    /// <summary>
    /// The measured accuracy of each member, above 0 and below 1, in the order of the members. A vote then weighs ln(p / (1 − p)), the weight that is best for independent
    /// voters (Nitzan and Paroush, 1982), and nothing at an accuracy of 0.5 or less. Default: one vote each.
    /// </summary>
    public double[]? Weights { get; set; }

    /// <summary>A numeric member of the output type with the confidence of the answer, which is the weight of its vote: 0–1, values outside are clamped. Default: one vote each.</summary>
    public string? ConfidenceMember { get; set; }

    /// <summary>
    /// Another prompt of the class, or a method, that selects the best answer in place of a count: it gets the different answers as its parameter <c>candidates</c>
    /// (<see cref="IReadOnlyList{T}"/> of the output type), parameters of the prompt by name, and gives the index of the best one. It is asked twice, the second time with the
    /// candidates in reverse order, because judges prefer places; only the same choice counts. All members are asked at once, <see cref="Quorum"/> is the number of valid answers
    /// that it needs, and where all are equal it is not asked. Default: the votes are counted.
    /// </summary>
    public string? Judge { get; set; }

    /// <summary>
    /// A file among the project's <c>AdditionalFiles</c> that maps the agreement of the votes to how often such an answer was right, for
    /// <c>PromptResult.AgreementProbability</c>. It does not change which answer wins. Its path is given from the project; <c>*.calibration</c> is added by itself.
    /// Default: null, the probability is not known.
    /// </summary>
    public string? Calibration { get; set; }
}
