namespace PromptGen.Providers;

/// <summary>
/// Walks what a client threw without recursion: a chain can be of any depth and width. Only members that a type cannot override are read without
/// a guard.
/// </summary>
internal static class ExceptionChain
{
    /// <summary>How many exceptions of one failure are looked at.</summary>
    public const int MaxLength = 20_000;

    /// <summary>The exception and all that it carries: an inner one after its outer one, those of an <see cref="AggregateException"/> in order.</summary>
    public static IEnumerable<Exception> All(Exception? exception)
    {
        Stack<Exception>? pending = null;
        for (var left = MaxLength; exception is not null && left > 0; left--)
        {
            yield return exception;
            if (exception is AggregateException { InnerExceptions: { Count: > 1 } inner })
            {
                pending ??= new Stack<Exception>();
                for (var i = Math.Min(inner.Count, left - pending.Count) - 1; i > 0; i--)
                {
                    pending.Push(inner[i]);
                }
            }

            exception = exception.InnerException ?? (pending is { Count: > 0 } ? pending.Pop() : null);
        }
    }

    /// <summary>The exception and its inner ones, the first of each <see cref="AggregateException"/> only.</summary>
    public static IEnumerable<Exception> Inward(Exception? exception)
    {
        for (var left = MaxLength; exception is not null && left > 0; left--)
        {
            yield return exception;
            exception = exception.InnerException;
        }
    }

    /// <summary>The failure that a provider's client describes, however deep it lies; null where there is none.</summary>
    public static ProviderRequestException? ProviderFailure(Exception exception) => All(exception).OfType<ProviderRequestException>().FirstOrDefault();
}
