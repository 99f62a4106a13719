namespace Acme.Support.Simulation;

/// <summary>What a simulated model can do beyond counting phrases.</summary>
[Flags]
internal enum Skills
{
    /// <summary>Counts phrases and follows instructions in the text.</summary>
    None = 0,

    /// <summary>Understands that <c>not about billing</c> does not speak for billing.</summary>
    Negation = 1,

    /// <summary>Is not taken in by <c>ignore all previous instructions</c>.</summary>
    PlainInjection = 2,

    /// <summary>Is not taken in by forged roles and answers either, and leaves them out of its judgement.</summary>
    EveryInjection = 4 | PlainInjection,

    /// <summary>Weighs amounts of money, how many people are affected, tone; leaves out quoted mails.</summary>
    Context = 8,
}
