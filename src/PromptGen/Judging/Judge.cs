using System.ComponentModel;
using System.Globalization;
using PromptGen.Execution;

namespace PromptGen.Judging;

/// <summary>Asks a method, which may be another prompt, whether an answer is accepted. Generated code calls it inside the acceptance check of a prompt.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Judge
{
    /// <summary>Asks a method that decides.</summary>
    /// <typeparam name="T">What the method gives.</typeparam>
    /// <param name="answer">The call of the method.</param>
    /// <param name="reject">Null = accepted; a text = why not.</param>
    /// <param name="name">The method's name, for reasons.</param>
    /// <param name="whenUnknown">What happens to the value if the method gives no decision.</param>
    /// <param name="repair">Whether the reason may be sent back to the model.</param>
    /// <returns>The rejection; null = accepted.</returns>
    /// <exception cref="PromptException">The method gave no decision and <paramref name="whenUnknown"/> says so, or a limit of the call that asks has run out.</exception>
    public static async ValueTask<PromptRejection?> DecideAsync<T>(ValueTask<T> answer, Func<T, string?> reject, string name, WhenUnknown whenUnknown = WhenUnknown.Reject, bool repair = false)
    {
        ArgumentNullException.ThrowIfNull(reject);
        try
        {
            return reject(await answer.ConfigureAwait(false)) is { } reason ? new PromptRejection(reason, repair) : null;
        }
        catch (PromptException exception) when (whenUnknown != WhenUnknown.Throw && !HasCallerRunOut)
        {
            return Unknown(whenUnknown, $"{name} gave no verdict ({exception.Code})");
        }
    }

    /// <inheritdoc cref="DecideAsync{T}(ValueTask{T}, Func{T, string?}, string, WhenUnknown, bool)"/>
    public static ValueTask<PromptRejection?> DecideAsync<T>(Task<T> answer, Func<T, string?> reject, string name, WhenUnknown whenUnknown = WhenUnknown.Reject, bool repair = false) =>
        DecideAsync(new ValueTask<T>(answer), reject, name, whenUnknown, repair);

    /// <summary>Asks a method that gives a number.</summary>
    /// <typeparam name="T">What the method gives.</typeparam>
    /// <param name="answer">The call of the method.</param>
    /// <param name="score">The number; null or not a number = there is no signal.</param>
    /// <param name="atLeast">The least number that is accepted; not a number = no lower bound.</param>
    /// <param name="atMost">The greatest number that is accepted; not a number = no upper bound.</param>
    /// <param name="name">The method's name, for reasons.</param>
    /// <param name="whenUnknown">What happens to the value if the method gives no number.</param>
    /// <param name="repair">Whether the reason may be sent back to the model.</param>
    /// <returns>The rejection; null = accepted.</returns>
    /// <exception cref="PromptException">The method failed and <paramref name="whenUnknown"/> says so, or a limit of the call that asks has run out.</exception>
    public static async ValueTask<PromptRejection?> ScoreAsync<T>(
        ValueTask<T> answer,
        Func<T, double?> score,
        double atLeast,
        double atMost,
        string name,
        WhenUnknown whenUnknown = WhenUnknown.Reject,
        bool repair = false)
    {
        ArgumentNullException.ThrowIfNull(score);
        var isKnown = false;
        var rejection = await DecideAsync(
            answer,
            value =>
            {
                var number = score(value) ?? double.NaN;
                isKnown = !double.IsNaN(number);
                return number < atLeast ? Constant($"{name} is below {Text(atLeast)}") : number > atMost ? Constant($"{name} is above {Text(atMost)}") : null;
            },
            name,
            whenUnknown,
            repair).ConfigureAwait(false);
        return isKnown || rejection is not null || whenUnknown == WhenUnknown.Accept ? rejection
            : whenUnknown == WhenUnknown.Reject ? Unknown(whenUnknown, $"{name} gave no number")
            : throw new PromptException(PromptErrorCode.NotAccepted, $"{name} gave no number.");
    }

    /// <inheritdoc cref="ScoreAsync{T}(ValueTask{T}, Func{T, double?}, double, double, string, WhenUnknown, bool)"/>
    public static ValueTask<PromptRejection?> ScoreAsync<T>(
        Task<T> answer,
        Func<T, double?> score,
        double atLeast,
        double atMost,
        string name,
        WhenUnknown whenUnknown = WhenUnknown.Reject,
        bool repair = false) =>
        ScoreAsync(new ValueTask<T>(answer), score, atLeast, atMost, name, whenUnknown, repair);

    /// <summary>Whether it is the call whose answer is judged that cannot go on, not the judge that failed.</summary>
    private static bool HasCallerRunOut => AmbientCall.Current?.Account is { RanOut: not PromptErrorCode.None };

    private static string Text(double number) => number.ToString("0.############", CultureInfo.InvariantCulture);

    private static PromptRejection? Unknown(WhenUnknown whenUnknown, string reason) => whenUnknown == WhenUnknown.Accept ? null : new PromptRejection(Constant(reason));

    /// <summary>Names and bounds are those of the declaration: a reason without data, which logs and exceptions show as they do a literal.</summary>
    private static string Constant(string reason) => string.Intern(reason);
}
