namespace PromptGen.Evaluation;

/// <summary>Collects what calls say about two models.</summary>
internal sealed class LabelCollector(string weakModel, string strongModel, double rightFrom)
{
    private readonly PromptTexts _texts = new();
    private readonly List<(string Prompt, PromptTexts.Place Text, bool? Weak, bool? Strong)> _found = [];
    private int _calls;
    private int _withoutText;
    private DateOnly? _date;

    public void Add(CallRecord call)
    {
        _calls++;
        var day = DateOnly.FromDateTime(call.StartedAt.UtcDateTime);
        _date = day > _date ? day : _date ?? day;
        var (weak, strong) = (Label(call, weakModel), Label(call, strongModel));
        if (weak is null && strong is null)
        {
            return;
        }

        if (call.Attempts.FirstOrDefault(static attempt => attempt is { Request: not null, Reason: not PromptAttemptReason.Repair }) is { } asked)
        {
            _found.Add((call.Prompt, _texts.Add(call.Prompt, asked.ModelId, asked.Request!), weak, strong));
        }
        else
        {
            _withoutText++;
        }
    }

    public LedgerLabels Labels()
    {
        var (examples, assumed, leftOut, withoutText) = (new List<RouterExample>(), 0, 0, _withoutText);
        foreach (var same in _found.GroupBy(found => (found.Prompt, Text: found.Text.Input)))
        {
            var (weak, strong) = (Mean(same.Select(static found => found.Weak)), Mean(same.Select(static found => found.Strong)));
            if (same.Key.Text.Length == 0)
            {
                withoutText += same.Count();
            }
            else if (weak is not { } isWeakRight || (strong is null && !isWeakRight))
            {
                leftOut++;
            }
            else
            {
                assumed += strong is null ? 1 : 0;
                examples.Add(new RouterExample(same.Key.Text, same.Key.Prompt, isWeakRight, strong ?? true));
            }
        }

        return new LedgerLabels(examples, _calls, withoutText, assumed, leftOut, _date);
    }

    /// <returns>Whether a model was right in a call; null = nothing is known.</returns>
    private bool? Label(CallRecord call, string model)
    {
        var last = call.Attempts.LastOrDefault(attempt => attempt.ModelId == model);
        if (last is null || call.FromCache)
        {
            return null;
        }

        if (last.Outcome is PromptErrorCode.InvalidJson or PromptErrorCode.SchemaMismatch or PromptErrorCode.NotAccepted)
        {
            return false;
        }

        bool? isRight = call.Verdicts.Count > 0 ? call.Verdicts.Average(static verdict => verdict.Score) >= rightFrom : null;
        if (call.Votes.LastOrDefault(vote => vote.ModelId == model && vote.Counted) is { } vote)
        {
            // Who voted against a wrong winner may be as wrong as the winner.
            return vote.IsBehindWinner ? isRight : isRight is true ? false : null;
        }

        return last.Outcome == PromptErrorCode.None && call.ModelId == model ? isRight : null;
    }

    /// <returns>What most say; right where as many say so as not, null where none says anything.</returns>
    private static bool? Mean(IEnumerable<bool?> labels)
    {
        var known = labels.OfType<bool>().ToList();
        return known.Count == 0 ? null : known.Count(static label => label) * 2 >= known.Count;
    }
}
