using BenchmarkDotNet.Running;
using PromptGen.Benchmarks;
using PromptGen.Benchmarks.Replay;
using PromptGen.Benchmarks.Routers;

if (args is ["soak", var calls, "hostile"])
{
    return await new HostileSoak(int.Parse(calls, System.Globalization.CultureInfo.InvariantCulture)).RunAsync();
}

if (args is ["soak", .. var rest])
{
    return await Soak.RunAsync(rest);
}

if (args is ["fuzz", .. var time])
{
    return new Fuzz(time is [var minutes] ? double.Parse(minutes, System.Globalization.CultureInfo.InvariantCulture) : 1).Run();
}

if (args is ["declarations", .. var drawn])
{
    return await DeclarationRun.RunAsync(drawn);
}

if (args is ["scale"])
{
    return GeneratorScale.Run();
}

if (args is ["analyzers", .. var project])
{
    return await AnalyzerScale.RunAsync(project);
}

if (args is ["replay", .. var replayed])
{
    return await ReplayRun.RunAsync(replayed);
}

if (args is ["router", .. var routed])
{
    return RouterRun.Run(routed);
}

if (args is ["calibration", var labels])
{
    return CalibrationRun.Run(labels);
}

if (args is ["routing"])
{
    return RoutingTimes.Run();
}

if (args is ["votes", .. var part])
{
    return await VoteTimes.RunAsync(part);
}

if (args is ["rates"])
{
    return RateTimes.Run();
}

if (args is ["cache"])
{
    return CacheTimes.Run();
}

if (args is ["pipelines"])
{
    return await PipelineTimes.RunAsync();
}

if (args is ["ledger", .. var kpis])
{
    return await LedgerTimes.RunAsync(kpis is [var count] ? int.Parse(count, System.Globalization.CultureInfo.InvariantCulture) : 1_000_000);
}

if (args is ["journal"])
{
    return await JournalTimes.RunAsync();
}

if (args is ["http"])
{
    return await HttpTimes.RunAsync();
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
