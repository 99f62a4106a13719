using Microsoft.Extensions.Caching.Hybrid;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using PromptGen.Budgets;

namespace PromptGen.Hosting;

/// <summary>Makes the runtime of a container, and checks that it serves every prompt registered there.</summary>
internal static class RuntimeFactory
{
    /// <exception cref="PromptException">With <see cref="PromptErrorCode.Configuration"/>: <c>AddPromptGen</c> was not called, or a provider is missing.</exception>
    public static PromptRuntime Create(IServiceProvider services)
    {
        var registrations = services.GetServices<RuntimeConfiguration>().ToArray();
        if (registrations.Length == 0)
        {
            throw new PromptException(
                PromptErrorCode.Configuration,
                "The prompt classes are registered, but PromptGen is not: call services.AddPromptGen(prompts => …) and register a provider, for example prompts.AddOpenAI(apiKey).");
        }

        var runtime = PromptRuntime.Create(builder => Configure(services, registrations, builder));
        try
        {
            runtime.RequireAll([.. services.GetServices<PromptManifest>().SelectMany(static manifest => manifest.Prompts)]);
            return runtime;
        }
        catch
        {
            runtime.Dispose();
            throw;
        }
    }

    private static void Configure(IServiceProvider services, RuntimeConfiguration[] registrations, PromptRuntimeBuilder builder)
    {
        builder.Services = services;
        if (services.GetService<IConfiguration>() is { } configuration)
        {
            builder.UseConfiguration(configuration.GetSection("PromptGen"));
        }

        if (services.GetService<TimeProvider>() is { } timeProvider)
        {
            builder.UseTimeProvider(timeProvider);
        }

        if (services.GetService<ILoggerFactory>() is { } loggerFactory)
        {
            builder.UseLoggerFactory(loggerFactory);
        }

        if (services.GetService<IBudgetStore>() is { } budgetStore)
        {
            builder.UseBudgetStore(budgetStore);
        }

        if (services.GetService<ICallLedger>() is { } ledger)
        {
            builder.UseLedger(ledger);
        }

        foreach (var sink in services.GetServices<IFeedbackSink>())
        {
            builder.AddFeedbackSink(sink);
        }

        if (services.GetService<HybridCache>() is { } cache)
        {
            builder.UseCache(cache);
        }

        foreach (var classifier in services.GetServices<IFailureClassifier>())
        {
            builder.AddFailureClassifier(classifier);
        }

        foreach (var registration in registrations)
        {
            registration.Configure(services, builder);
        }
    }
}
