using PromptGen.Cli.Output;
using PromptGen.Evaluation;

namespace PromptGen.Cli.Training;

/// <summary>What a training has led to.</summary>
/// <param name="labels">The labels.</param>
/// <param name="trained">The router.</param>
/// <param name="file">The file that was written; null = none was.</param>
internal sealed class TrainReport(LabelSource labels, TrainedRouter trained, string? file)
{
    private RouterReport Report => trained.Report;

    /// <summary>The report as JSON. Numbers that are not defined, where the models are equally good, are null.</summary>
    public object Json() => new
    {
        File = file,
        Report.Labels,
        Ledger = labels.Ledger is { } ledger ? new { ledger.Calls, ledger.WithoutText, ledger.Assumed, ledger.LeftOut, ledger.Date } : null,
        Apgr = Defined(Report.Curve.Apgr),
        Cpt50 = Defined(Report.Curve.CallsFor(0.5)),
        Cpt80 = Defined(Report.Curve.CallsFor(0.8)),
        trained.Router.Threshold,
        HeldOut = new { Labels = Report.HeldOutLabels, Report.HeldOut.Quality, Report.HeldOut.StrongShare, WeakQuality = Report.HeldOutWeak, StrongQuality = Report.HeldOutStrong },
        Report.IsUseless,
        Report.Points,
    };

    /// <summary>The report for people.</summary>
    public void Write(TextWriter output)
    {
        output.WriteLine(labels.Ledger is { } ledger
            ? $"{Figures.Count(Report.Labels, "label")} from {Figures.Count(ledger.Calls, "call")}. For {ledger.Assumed} of them the strong model was not asked and is taken to be right where the weak one is; {Figures.Count(ledger.LeftOut, "text")} left out, of which one model is not known."
            : $"{Figures.Count(Report.Labels, "label")}.");
        output.WriteLine($"APGR {Figures.Number(Report.Curve.Apgr)} (0.5 = chance). Threshold {Figures.Number(trained.Router.Threshold)}.");
        output.WriteLine($"On {Figures.Count(Report.HeldOutLabels, "label")} that did not choose the threshold: {Figures.Percent(Report.HeldOut.Quality)} right with {Figures.Percent(Report.HeldOut.StrongShare)} of the calls to the strong model; the weak model alone {Figures.Percent(Report.HeldOutWeak)}, the strong one {Figures.Percent(Report.HeldOutStrong)}.");
        if (file is not null)
        {
            output.WriteLine($"Wrote {file} ({Figures.Count(trained.File.Length, "byte")}).");
        }
    }

    private static double? Defined(double value) => double.IsFinite(value) ? value : null;
}
