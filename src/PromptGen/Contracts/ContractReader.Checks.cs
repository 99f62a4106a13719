using System.ComponentModel.DataAnnotations;
#if !NET10_0_OR_GREATER
using System.Diagnostics.CodeAnalysis;
#endif
using System.Text.Json;

namespace PromptGen.Contracts;

// Checks in the user's own code, for a value that the contract allows. The reader is then at the end of the object.
public ref partial struct ContractReader
{
    /// <summary>Where the value begins, for <see cref="Check"/> and <see cref="Validate"/>.</summary>
    public readonly int Position => (int)_tokens.TokenStartIndex;

    /// <summary>Whether the value cannot be built. Other than <see cref="HasFailed"/>, what checks have found does not count.</summary>
    public readonly bool IsBroken => Ended || _violations?.Count > _refusals;

    /// <summary>Has a check judge a value, and records what it finds.</summary>
    /// <typeparam name="T">The type of the value.</typeparam>
    /// <param name="value">The value.</param>
    /// <param name="check">The check: null = nothing is wrong, a text = what is.</param>
    /// <param name="start">Where the object begins.</param>
    /// <exception cref="PromptException">With <see cref="PromptErrorCode.Configuration"/>: the check threw.</exception>
    public void Check<T>(T value, Func<T, string?> check, int start)
    {
        if (Ended)
        {
            return;
        }

        string? reason;
        try
        {
            reason = check(value);
        }
        catch (Exception exception) when (IsBug(exception))
        {
            throw Threw(typeof(T), exception);
        }

        if (reason is not null)
        {
            Refuse(Pointer(), reason, _json[start..(int)_tokens.BytesConsumed]);
        }
    }

    /// <summary>Has a value judge itself, and records what it finds.</summary>
    /// <param name="value">The value.</param>
    /// <param name="start">Where the object begins.</param>
    /// <param name="nameOf">The name in JSON of a member of that name in C#; null where there is none.</param>
    /// <exception cref="PromptException">With <see cref="PromptErrorCode.Configuration"/>: the value threw.</exception>
    public void Validate(IValidatableObject value, int start, Func<string, string?> nameOf)
    {
        if (Ended)
        {
            return;
        }

        List<ValidationResult> results;
        try
        {
            results = [.. value.Validate(ContextOf(value))];
        }
        catch (Exception exception) when (IsBug(exception))
        {
            throw Threw(value.GetType(), exception);
        }

        var json = _json[start..(int)_tokens.BytesConsumed];
        foreach (var result in results)
        {
            if (result == ValidationResult.Success)
            {
                continue;
            }

            var reason = result.ErrorMessage ?? "it is not valid";
            var names = result.MemberNames.Select(nameOf).OfType<string>().ToList();
            foreach (var name in names)
            {
                Refuse($"{Pointer()}/{JsonPointer.Escape(name)}", reason, Member(json, name, _guard));
            }

            if (names.Count == 0)
            {
                Refuse(Pointer(), reason, json);
            }
        }
    }

    // A check that reads an answer of its own may be ended with the call.
    private static bool IsBug(Exception exception) => exception is not ReadingEndedException;

    /// <summary>No model can correct what a check throws: it is an error of the program, and never a violation.</summary>
    private static PromptException Threw(Type type, Exception exception) =>
        new(PromptErrorCode.Configuration, $"A check of {type.Name} threw {exception.GetType().Name}.", innerException: exception);

    private void Refuse(string pointer, string reason, ReadOnlySpan<byte> json)
    {
        var before = _violations?.Count ?? 0;
        Add(pointer, $"a value that the type accepts ({reason})", json.IsEmpty ? "nothing" : Snippet(json));
        _refusals += _violations!.Count - before;
    }

    /// <summary>The text of a member of an object that was read before; empty where it is not there.</summary>
    private static ReadOnlySpan<byte> Member(ReadOnlySpan<byte> json, string name, ReadingGuard guard)
    {
        var tokens = new Utf8JsonReader(json, Options);
        tokens.Read();
        while (tokens.Read() && tokens.TokenType == JsonTokenType.PropertyName)
        {
            var isIt = tokens.ValueTextEquals(name);
            tokens.Read();
            var start = (int)tokens.TokenStartIndex;
            tokens.TrySkip(guard);
            if (isIt)
            {
                return json[start..(int)tokens.BytesConsumed];
            }
        }

        return default;
    }

    // The name is given: the context would look for one by reflection.
#if NET10_0_OR_GREATER
    private static ValidationContext ContextOf(object value) => new(value, value.GetType().Name, serviceProvider: null, items: null);
#else
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Only the display name is looked for by reflection, and it is given.")]
    private static ValidationContext ContextOf(object value) => new(value) { DisplayName = value.GetType().Name };
#endif
}
