using System.Diagnostics.CodeAnalysis;

namespace PromptGen;

/// <summary>An answer that is still coming, as far as it has come. Each snapshot stays as it is while the answer goes on.</summary>
/// <typeparam name="T">The output type of the prompt.</typeparam>
public sealed class PromptSnapshot<T>
{
    /// <summary>A complete snapshot of a value that no model wrote, for a <see cref="FallbackAttribute"/> method. It has no members.</summary>
    /// <param name="value">The value.</param>
    public PromptSnapshot(T value)
        : this([], value)
    {
    }

    internal PromptSnapshot(IReadOnlyList<SnapshotMember> members) => Members = members;

    internal PromptSnapshot(IReadOnlyList<SnapshotMember> members, T value)
    {
        Members = members;
        Value = value;
        IsComplete = true;
    }

    /// <summary>The members of the contract in its order, those that have not come yet included.</summary>
    public IReadOnlyList<SnapshotMember> Members { get; }

    /// <summary>Whether this is the last snapshot: the answer is whole and keeps its contract.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    public bool IsComplete { get; }

    /// <summary>The value; only where <see cref="IsComplete"/>.</summary>
    public T? Value { get; }

    /// <summary>The member of a name.</summary>
    /// <param name="name">The name in JSON, for example <c>summary</c>.</param>
    /// <exception cref="KeyNotFoundException">The contract has no such member.</exception>
    public SnapshotMember this[string name]
    {
        get
        {
            foreach (var member in Members)
            {
                if (member.Name == name)
                {
                    return member;
                }
            }

            throw new KeyNotFoundException($"{typeof(T).Name} has no member \"{name}\" in JSON.");
        }
    }
}
