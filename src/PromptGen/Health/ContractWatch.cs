namespace PromptGen.Health;

/// <summary>Reports the outcomes of a call to the contract breaker of the model that it asks.</summary>
/// <param name="Breaker">The breaker; null = it is switched off.</param>
/// <param name="Probe">The probe that the call is; 0 = it is none.</param>
internal readonly record struct ContractWatch(ContractBreaker? Breaker, int Probe)
{
    public void Record(PromptErrorCode outcome, long timestamp)
    {
        if (Breaker is not null && ContractBreaker.Breaks(outcome) is { } broken)
        {
            Breaker.Record(broken, Probe, timestamp);
        }
    }

    public void Leave()
    {
        if (Probe != 0)
        {
            Breaker!.Leave(Probe);
        }
    }
}
