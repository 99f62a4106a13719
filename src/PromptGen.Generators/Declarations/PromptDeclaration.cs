using PromptGen.Generators.Schemas;

namespace PromptGen.Generators.Declarations;

/// <summary>How a prompt method hands over its result.</summary>
internal enum ReturnKind
{
    /// <summary>In a way that is not supported.</summary>
    Unsupported,

    /// <summary><c>Task&lt;T&gt;</c> or <c>ValueTask&lt;T&gt;</c>.</summary>
    Value,

    /// <summary><c>Task&lt;PromptResult&lt;T&gt;&gt;</c> or <c>ValueTask&lt;PromptResult&lt;T&gt;&gt;</c>.</summary>
    Result,

    /// <summary><c>IAsyncEnumerable&lt;string&gt;</c>: the text as it comes.</summary>
    TextStream,

    /// <summary><c>IAsyncEnumerable&lt;T&gt;</c>: the elements of a list as they come.</summary>
    ElementStream,

    /// <summary><c>IAsyncEnumerable&lt;PromptSnapshot&lt;T&gt;&gt;</c>: an object while it grows.</summary>
    SnapshotStream,

    /// <summary><c>IChatClient</c>: the route itself, for callers that bring their own messages.</summary>
    ChatClient,
}

/// <summary>A method marked <c>[RoutedPrompt]</c>, read from its symbol once. Everything after works on this alone.</summary>
/// <param name="Container">The class that it stands in.</param>
/// <param name="Name">The method's name.</param>
/// <param name="Overload">0, or its number among the methods of that name.</param>
/// <param name="PromptName">Its name in ledgers and telemetry.</param>
/// <param name="Modifiers">Accessibility and further modifiers as written, without <c>partial</c>.</param>
/// <param name="ReturnType">The return type as generated code writes it.</param>
/// <param name="Return">How the result is handed over.</param>
/// <param name="OutputType">The output type as generated code writes it: that of an element where elements are streamed.</param>
/// <param name="OutputName">The output type as people read it.</param>
/// <param name="Contract">The output contract; null where the answer is text or the return type is not usable.</param>
/// <param name="Element">The contract of one element where elements are streamed.</param>
/// <param name="Repair">What a model is told of a broken answer; null = the runtime's words.</param>
/// <param name="Flaw">Why the method cannot be a prompt, as the message of PG0101 says it; null where it can.</param>
/// <param name="CanImplement">Whether an implementing part may be written at all.</param>
internal sealed record PromptDeclaration(
    ContainerDeclaration Container,
    string Name,
    int Overload,
    string PromptName,
    string Modifiers,
    string ReturnType,
    ReturnKind Return,
    string OutputType,
    string OutputName,
    ContractModel? Contract,
    ContractModel? Element,
    EquatableArray<ParameterDeclaration> Parameters,
    RouteDeclaration Route,
    EquatableArray<TemplateDeclaration> Templates,
    RepairDeclaration? Repair,
    EquatableArray<MemberBound> Bounds,
    EquatableArray<NamedMethod> Checks,
    NamedMethod? Fallback,
    string? Flaw,
    bool CanImplement)
{
    /// <summary>The stem of the names that the generator introduces for this prompt.</summary>
    public string Stem => Overload == 0 ? Name : Name + Overload.ToString(System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>The schema file that is the contract; null where that follows from the output type.</summary>
    public SchemaDeclaration? Schema { get; init; }

    /// <summary>Whether the answer is text that is returned as it came.</summary>
    public bool IsText => Return != ReturnKind.Unsupported && Contract is null && Schema is null;

    public bool IsStream => Return is ReturnKind.TextStream or ReturnKind.ElementStream or ReturnKind.SnapshotStream;

    /// <summary>
    /// Whether the answer is handed over before anything could turn it down: text has no contract that it could break, and that of an object
    /// is known to hold only at its end.
    /// </summary>
    public bool IsHandedOverUnjudged => Return is ReturnKind.TextStream or ReturnKind.SnapshotStream;

    /// <summary>The contract of what acceptance checks judge; null where it has no members, or is handed over before it is judged.</summary>
    public ContractModel? Judged => IsHandedOverUnjudged ? null : Element ?? Contract;

    /// <summary>How often a model is asked again with its violations. Text has none, and of a stream a part is gone already.</summary>
    public int Repairs => IsText || IsStream ? 0 : Route.Repairs;

    /// <summary>Whether the method gives the route as a client: no template, no contract, nothing to reject.</summary>
    public bool IsChatClient => Return == ReturnKind.ChatClient;

    /// <summary>The declaration with the assembly's template for repairs, where none is nearer.</summary>
    public PromptDeclaration WithRepair(RepairDeclaration? repair) => Repair is null && repair is not null ? this with { Repair = repair } : this;

    public string HintName => Container.FileName + "." + Stem + ".g.cs";
}
