extern alias patternsSample;

using System.Reflection;
using patternsSample::Acme.Patterns;
using patternsSample::Acme.Patterns.Questions;
using patternsSample::Acme.Patterns.Simulation;

namespace PromptGen.EndToEnd.Tests.Samples;

/// <summary>The weights of the weighted ensemble are measured.</summary>
public class PatternsEnsembleTests
{
    [Fact]
    public void Each_weight_is_the_accuracy_of_the_simulated_model()
    {
        var ensemble = typeof(WeightedReview).GetMethod(nameof(WeightedReview.ReviewAsync))!.GetCustomAttribute<EnsembleAttribute>()!;

        Assert.Equal(ensemble.Models.Select(Accuracy), ensemble.Weights);

        static double Accuracy(string id) =>
            (double)Snippet.All.Count(snippet => CodeReview.Of(snippet.Code, SimulatedModel.For(id)).Verdict == snippet.Expected) / Snippet.All.Count;
    }
}
