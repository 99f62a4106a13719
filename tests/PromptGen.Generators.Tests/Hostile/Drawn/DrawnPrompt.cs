namespace PromptGen.Generators.Tests.Hostile.Drawn;

/// <summary>Draws prompts: results, parameters, clauses.</summary>
/// <param name="dice">Draws.</param>
/// <param name="types">Draws and declares their types.</param>
/// <param name="methods">Draws and declares the methods that their clauses name.</param>
/// <param name="files">Draws the files that they name.</param>
internal sealed class DrawnPrompt(Dice dice, DrawnTypes types, DrawnMethods methods, DrawnFiles files)
{
    private static readonly string[] s_models = ["Models.Small", "Models.Large", "Models.Own", "Models.Deep", "\"missing\""];

    /// <summary>A type of the program with the number <c>A</c>, by which answers can be accepted, weighed and calibrated.</summary>
    private const string Scored = "Scored";

    /// <summary>The declaration with its attributes.</summary>
    public string Declare(string name, IReadOnlyList<string> others)
    {
        var output = dice.Once(4) ? "string" : dice.Once(5) ? Scored : types.Draw();
        var parameters = Parameters();
        var isStream = dice.Once(8);
        var returns = isStream
            ? dice.Pick($"IAsyncEnumerable<{output}>", $"IAsyncEnumerable<PromptSnapshot<{output}>>")
            : dice.Number(dice.Wrong(2) ? 0 : 3, 19) switch { 0 => output, 1 => "void", 2 => "IChatClient", 3 or 4 or 5 => $"Task<PromptResult<{output}>>", 6 or 7 => $"ValueTask<{output}>", 8 => $"Task<{output}?>", _ => $"Task<{output}>" };
        returns = returns.Replace("??", "?", StringComparison.Ordinal).Replace("IChatClient", "Microsoft.Extensions.AI.IChatClient", StringComparison.Ordinal);
        if (returns.EndsWith("IChatClient", StringComparison.Ordinal) && !dice.Once(3))
        {
            return $"{Routed(false)}{dice.Mostly(2, "", $"[RouteWhen(Tier.General, {Condition([])})] ")}public partial {returns} {name}();";
        }

        var modifiers = dice.Pick("public ", "public ", "public ", "internal ", "private ", "protected ", "private protected ", "public virtual ", dice.Mostly(2, "public ", "public static "), dice.Mostly(2, "public ", "public unsafe "));
        var list = string.Join(", ", parameters.Select((parameter, index) => Attributes() + Passing() + parameter.Type + " " + parameter.Name + Default(parameter, index == parameters.Length - 1)));
        return $"{Routed(isStream)}{Templates(parameters, isStream)}{Clauses(output, isStream, parameters, others)}\n{modifiers}partial {returns} {name}{dice.Mostly(15, "", "<T>")}({list});";
    }

    private DrawnParameter[] Parameters()
    {
        var parameters = new List<DrawnParameter>();
        for (var i = dice.Number(0, 3); i > 0; i--)
        {
            parameters.Add(new DrawnParameter(
                dice.Number(0, 9) switch
                {
                    0 or 1 or 2 => "string",
                    3 => dice.Pick("Microsoft.Extensions.AI.DataContent", "Microsoft.Extensions.AI.UriContent", "Uri"),
                    4 => dice.Pick("Lib.Kind", "DayOfWeek?", "bool", "int", "long?", "char"),
                    5 when dice.Wrong(2) => dice.Pick("Func<int>", "Action<string>", "object", "dynamic", "IDisposable", "Task<string>", "Span<char>", "int[]", "int[,]", "IEnumerable<string?>", "Lazy<int>"),
                    6 => dice.Pick(DrawnLibrary.Types),
                    7 => types.Draw(1),
                    _ => dice.Pick("int[]", "string?", "decimal", "List<string>"),
                },
                dice.Pick("a", "b", "ticket", "@class", "value", "answer", "call", "template", "prompts", "options", "item")));
        }

        if (dice.Once(3))
        {
            parameters.Add(new DrawnParameter("PromptOptions?", dice.Pick("options", "how")));
        }

        if (dice.Once(2))
        {
            parameters.Add(new DrawnParameter("CancellationToken", dice.Pick("cancellationToken", "stop")));
        }

        return [.. parameters.DistinctBy(static parameter => parameter.Name)];
    }

    private string Routed(bool isStream)
    {
        var route = dice.Pick("Tier.Fast", "Tier.Fast, EscalateTo = Tier.General", "Tier.Fast, EscalateTo = Tier.Deep", "Tier.General", "Tier.SelfHosted", "Models.Small", "Models.Small, Models.Large", dice.Mostly(2, "Tier.Fast", "\"missing\"", ""));
        string[] settings =
        [
            dice.Maybe(6, $"Repairs = {dice.Mostly(4, "2", "0", "-1")}"), dice.Maybe(6, $"Temperature = {dice.Mostly(4, "0.5", "3", "double.NaN")}"), dice.Maybe(6, $"MaxOutputTokens = {dice.Mostly(4, "10", "0", "-1", "100000000")}"),
            dice.Maybe(6, $"HedgeAfter = {dice.Mostly(4, "1.5", "0")}, Fallbacks = [Models.Own]"), isStream ? dice.Maybe(2, "Resume = true") : dice.Mostly(8, "", "Resume = true"), dice.Maybe(8, $"Order = StepOrder.{dice.Pick("Cheapest", "Balanced")}"),
            dice.Maybe(10, "Name = \"a \\\"name\\\" {0}\""), dice.Maybe(10, "Revision = \"2\""), dice.Maybe(10, "Tolerance = Tolerance.Salvage"), dice.Mostly(10, "", "Requires = ModelFeatures.Vision"),
        ];
        return $"[RoutedPrompt({string.Join(", ", settings.Prepend(route).Where(static part => part.Length > 0))})] ";
    }

    private string Templates(DrawnParameter[] parameters, bool isStream)
    {
        if (dice.Once(5))
        {
            return $"[PromptTemplate(File = \"{files.Template(Unescaped(DrawnTemplate.Text(dice, parameters, isStream)))}\")] ";
        }

        var text = DrawnTemplate.Text(dice, parameters, isStream);
        return $"[PromptTemplate(\"{text}\")] " + dice.Maybe(5, $"[PromptTemplate(\"{DrawnTemplate.Text(dice, parameters, isStream)}\", {dice.Pick("For = \"small*\"", "ForTier = Tier.General", "For = \"small-1\"")})] ");
    }

    private static string Unescaped(string text) => text.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\n", "\n", StringComparison.Ordinal).Replace("«", "{{", StringComparison.Ordinal).Replace("»", "}}", StringComparison.Ordinal);

    private string Clauses(string output, bool isStream, DrawnParameter[] parameters, IReadOnlyList<string> others)
    {
        var clauses = "";
        if (dice.Once(3) && (!isStream || dice.Wrong(2)))
        {
            clauses += $"[AcceptIf(\"{Method(() => methods.Check(output, parameters), others)}\"{dice.Mostly(6, "", ", AtLeast = 0.5")}{dice.Maybe(6, ", Repair = true")}{dice.Maybe(8, ", WhenUnknown = WhenUnknown.Accept")})] ";
        }

        clauses += output == Scored ? dice.Maybe(2, Bound("A")) : dice.Mostly(6, "", Bound(dice.Pick("P0", "P1", "M0", "Id", "First", "Missing")));
        clauses += dice.Once(5) ? $"[Fallback(\"{Method(() => methods.Substitute(output, parameters), others)}\"{dice.Maybe(4, ", Seconds = 2")})] " : "";
        clauses += dice.Maybe(6, "[Budget(0.5)] ") + dice.Maybe(6, "[Deadline(30)] ") + dice.Mostly(12, "", "[SelfHostedOnly] ") + dice.Maybe(8, $"[Cached({dice.Mostly(3, "60", "-1")}{dice.Maybe(3, ", PerScope = true")})] ");
        clauses += string.Concat(Enumerable.Repeat(0, dice.Pick(0, 0, 0, 0, 1, 2)).Select(_ => $"[RouteWhen({dice.Pick("Tier.General", "Models.Large", "Tier.Fast", "Tier.Fast, EscalateTo = Tier.Fast", "Tier.Deep, EscalateTo = Tier.Deep")}, {Condition(parameters, others)})] "));
        clauses += dice.Maybe(6, Learned(parameters));
        clauses += dice.Once(6) ? By(parameters, others) : "";
        clauses += dice.Number(0, 16) switch
        {
            0 => $"[Canary(Models.Own, {dice.Mostly(3, "5", "0", "120")}{dice.Maybe(2, parameters.FirstOrDefault(parameter => parameter.Type == "string" || dice.Wrong(2)) is { } sticky ? $", By = \"{sticky.Name.TrimStart('@')}\"" : "")})] ",
            1 when !isStream || dice.Wrong(2) => Ensemble(output, parameters, others),
            _ => "",
        };
        clauses += output == Scored ? dice.Maybe(4, Likely()) : dice.Mostly(8, "", Likely());
        clauses += dice.Maybe(12, $"[RepairTemplate(\"Again: «#each violations»«pointer»«/each»{dice.Mostly(3, "", "«answer»")}\")] ");
        return clauses + (dice.Wrong(10) ? $"[OutputSchema(\"{files.Schema()}\")] " : "");
    }

    private string Condition(DrawnParameter[] parameters, IReadOnlyList<string>? others = null) => dice.Number(0, dice.Wrong(2) ? 6 : 5) switch
    {
        0 => "MinInputTokens = 100",
        1 => "ContainsAny = [\"a\", \"b\"]",
        2 => "ContainsCode = true" + (parameters.Length > 0 && dice.Wrong(2) ? $", In = \"{parameters[0].Name.TrimStart('@')}\"" : ""),
        6 => "ContainsMedia = true, MaxInputTokens = 5",
        _ => $"Predicate = \"{(others is null ? "Missing" : Method(() => methods.Source("bool", parameters), others))}\"",
    };

    private string By(DrawnParameter[] parameters, IReadOnlyList<string> others)
    {
        var (type, member) = dice.Pick(DrawnLibrary.Paths);
        var source = parameters.FirstOrDefault(parameter => parameter.Type == type) is { } owner ? $"\"{owner.Name}\", \"{member}\""
            : parameters.Length > 0 && dice.Wrong(2) ? $"\"{parameters[0].Name.TrimStart('@')}\"{dice.Maybe(3, ", \"A\"")}"
            : $"\"{Method(() => methods.Source(dice.Mostly(4, dice.Pick("bool", "int", "Lib.Kind", "string", "ulong", "DayOfWeek?", "string?"), "double"), parameters), others)}\"";
        return $"[RouteBy({source}{dice.Maybe(4, ", Otherwise = Tier.General")})] "
            + dice.Maybe(1, $"[RouteCase({dice.Pick("true", "1", "\"x\"", "Lib.Kind.A", "null", "DayOfWeek.Monday", "-1", "'c'", "1.5", "typeof(int)", "300")}, {dice.Pick("Tier.General", "Models.Large", "Tier.Fast, EscalateTo = Tier.Fast")})] ");
    }

    private string Learned(DrawnParameter[] parameters)
    {
        var text = parameters.FirstOrDefault(parameter => parameter.Type is "string" or "string?" || dice.Wrong(2));
        return $"[RouteLearned(\"{files.Router()}\"{dice.Maybe(4, $", AtLeast = {dice.Mostly(4, "0.7", "1.5")}")}{(text is null ? "" : dice.Maybe(3, $", In = \"{text.Name.TrimStart('@')}\""))}{dice.Maybe(4, $", MaxAgeDays = {dice.Mostly(4, "90", "0")}")})] ";
    }

    private string Bound(string member) =>
        $"[AcceptWhen(\"{member}\", {dice.Mostly(3, dice.Pick("AtLeast = 0.5", "AtMost = 0.9"), "AtLeast = double.NaN", "AtLeast = 1, AtMost = 0", "AtMost = 3")}{dice.Maybe(3, $", Calibration = \"{files.Calibration("confidence")}\"")})] ";

    private string Likely() =>
        $"[AcceptLikely(0.9{dice.Maybe(2, ", Member = \"A\"")}{dice.Maybe(4, ", WhenUnknown = WhenUnknown.Accept")}{dice.Maybe(3, $", Calibration = \"{files.Calibration("likelihood")}\"")})] ";

    private string Ensemble(string output, DrawnParameter[] parameters, IReadOnlyList<string> others)
    {
        var weighing = dice.Number(0, output == Scored ? 6 : 5) switch
        {
            _ when dice.Wrong(2) => "",
            0 => ", Quorum = 2",
            1 => ", Eager = true",
            2 => ", Weights = [0.5, 0.6, 0.7]",
            3 => $", Judge = \"{Method(() => methods.Source("int", [.. parameters, new DrawnParameter($"IReadOnlyList<{output}>", "candidates")]), others)}\"",
            6 => ", ConfidenceMember = \"A\"" + dice.Maybe(3, ", On = \"Ok\""),
            _ => dice.Maybe(3, ", Samples = 2"),
        };
        return $"[Ensemble(Models.Small, Models.Large, Models.Own{weighing}{dice.Maybe(3, $", Calibration = \"{files.Calibration("agreement")}\"")})] ";
    }

    private string Method(Func<string> declare, IReadOnlyList<string> others) => dice.Number(dice.Wrong(2) ? 0 : 3, 8) switch
    {
        0 => dice.Pick(DrawnLibrary.BaseMethods),
        1 when others.Count > 0 => others[dice.Number(0, others.Count - 1)],
        2 => dice.Pick("Missing", "ToString", "Equals", "_prompts", "", "GetHashCode", "MemberwiseClone"),
        _ => declare(),
    };

    private string Attributes() => dice.Mostly(6, "", "[Sensitive] ") + dice.Maybe(12, "[Untrusted] ");

    private string Passing() => dice.Wrong(15) ? dice.Pick("ref ", "in ", "out ", "scoped ref ", "ref readonly ") : "";

    private string Default(DrawnParameter parameter, bool isLast) => parameter.IsData ? dice.Maybe(isLast ? 6 : 1000, " = default!") : isLast ? " = default" : "";
}
