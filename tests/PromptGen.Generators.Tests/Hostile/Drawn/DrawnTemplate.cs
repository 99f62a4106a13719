namespace PromptGen.Generators.Tests.Hostile.Drawn;

/// <summary>Draws the text of templates.</summary>
internal static class DrawnTemplate
{
    private static readonly string[] s_words = ["You answer.", "line\\none", " ", "«schema»", "«role \\\"user\\\"»", "«role \\\"system\\\"»", "«! comment »", "{single}", "*/", "// not a comment"];

    public static string Text(Dice dice, DrawnParameter[] parameters, bool isStream = false)
    {
        var data = parameters.Where(static parameter => parameter.IsData).ToArray();
        var text = dice.Maybe(3, "«role \\\"system\\\"»Be brief.«role \\\"user\\\"»");
        foreach (var parameter in data)
        {
            text += dice.Pick(" ", "\\n", "") + Use(dice, parameter);
        }

        foreach (var word in dice.Some(2, s_words))
        {
            text += word;
        }

        return text + (isStream && !dice.Wrong(4) ? "" : dice.Maybe(8, "«#if previous»«previous.answer» «previous.reason»«/if»")) + (dice.Wrong(10) ? dice.Pick("«missing»", "«#if", "«/each»", "«a b c»", "«lookup x»", "«> partial»") : "");
    }

    private static readonly string[] s_texts = ["string", "string?", "int", "decimal", "bool", "long?", "char", "Lib.Kind", "DayOfWeek?", "Guid", "double"];

    private static string Name(DrawnParameter parameter) => parameter.Name.TrimStart('@');

    private static string Use(Dice dice, DrawnParameter parameter) => dice.Number(0, dice.Wrong(2) ? 13 : s_texts.Contains(parameter.Type) ? 2 : 0) switch
    {
        _ when parameter.Type.Contains("Content", StringComparison.Ordinal) => $"«media url={Name(parameter)}»",
        0 => $"«json {Name(parameter)}»",
        1 or 2 => $"«#if {Name(parameter)}»yes«else»none«/if»«{Name(parameter)}»",
        4 => $"«#each {Name(parameter)}»«this» «@index»«/each»",
        10 => $"«#if {Name(parameter)}»«{Name(parameter)}»«else»none«/if»",
        3 => $"«#unless {Name(parameter)}»none«/unless»",
        11 => $"«#with {Name(parameter)}»«this»«/with»",
        5 => $"«media url={Name(parameter)}»",
        6 => $"«{Name(parameter)}.{dice.Pick("A", "B", "P0", "M0", "Length", "Count", "Value", "value", "Name")}»",
        7 => $"«#ifEquals {Name(parameter)} \\\"x\\\"»yes«else»no«/ifEquals»",
        8 => $"«#each {Name(parameter)}»«#each this»«.»«/each»«@key»«/each»",
        9 => $"«#each {Name(parameter)}»«json this» «../{Name(parameter)}»«/each»",
        _ => $"«{Name(parameter)}»",
    };
}
