using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.AI;
using PromptGen.Catalog;
using PromptGen.Routing;
using PromptGen.Testing;
using PromptGen.Tests.Execution;

namespace PromptGen.Tests.Routing;

/// <summary>No request goes to a model above the ceiling of its call, whatever the clauses, the caller's options, a canary and the order say, and whatever fails.</summary>
public sealed class CeilingTests
{
    private static readonly ModelInfo[] Models =
    [
        new("fast-1", "openai", Tier.Fast) { InputPrice = 2m, OutputPrice = 2m }, new("fast-2", "anthropic", Tier.Fast) { InputPrice = 1m, OutputPrice = 1m },
        new("general-1", "openai", Tier.General) { InputPrice = 4m, OutputPrice = 4m }, new("general-2", "anthropic", Tier.General) { InputPrice = 3m, OutputPrice = 3m },
        new("deep", "anthropic", Tier.Deep) { InputPrice = 9m, OutputPrice = 9m }, new("local", "ollama", Tier.SelfHosted),
    ];

    [Fact]
    public void No_request_goes_above_the_ceiling()
    {
        var (asked, answered, refused, lowered) = (0, 0, 0, 0);

        Prop.ForAll(Gen.Choose(0, 1_000_000_000).ToArbitrary(), seed =>
        {
            var drawn = new Draw(new Random(seed));
            var models = drawn.Call();

            asked += models.Count;
            answered += drawn.Answered ? 1 : 0;
            refused += drawn.Refused ? 1 : 0;
            lowered += drawn.Ceiling is not null ? 1 : 0;
            return models.All(model => !Tiers.Exceeds(model.Tier, drawn.Ceiling)) && !(drawn.Refused && models.Count > 0);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

        // The draws are no use where calls end before they ask anything.
        Assert.True(asked > 1_000 && answered > 200 && refused > 20 && lowered > 300, $"{asked} requests, {answered} answers, {refused} refused, {lowered} ceilings");
    }

    /// <summary>One route with clauses, options, a canary, an order and faults, drawn.</summary>
    private sealed class Draw(Random random)
    {
        private readonly List<string> _asked = [];

        /// <summary>The lowest ceiling of the clauses that hold.</summary>
        public Tier? Ceiling { get; private set; }

        /// <summary>Whether the call had an accepted answer.</summary>
        public bool Answered { get; private set; }

        /// <summary>Whether the caller's options named a model that the call must not ask.</summary>
        public bool Refused { get; private set; }

        /// <returns>The models that were asked.</returns>
        public List<ModelInfo> Call()
        {
            using var client = new ScriptedChatClient((request, _) => Answer(request.Options!.ModelId!));
            using var prompts = PromptRuntime.Create(builder =>
            {
                builder.AddFailureClassifier(new ProviderClassifier()).UseTimeProvider(new ManualTimeProvider());
                builder.Resilience.MaxRetries = 0;
                builder.Resilience.Randomizer = random.NextDouble;
                foreach (var model in Models)
                {
                    builder.AddClient(model.Id, client);
                }
            });
            var prompt = Define();

            // Some models are cooling down already when the call comes.
            for (var i = random.Next(3); i > 0; i--)
            {
                Take(prompts, prompt, new RouteEntry(prompt.Route[0]));
            }

            _asked.Clear();
            Answered = Refused = false;
            Take(prompts, prompt, Enter(prompt));
            return [.. _asked.Select(static id => Array.Find(Models, model => model.Id == id)!)];
        }

        private PromptDefinition<int> Define()
        {
            ModelInfo[] fallbacks = [.. Models.Where(_ => random.Next(3) == 0)];
            var steps = new List<PromptStep>();
            for (var tier = (Tier)random.Next(3); tier >= Tier.Fast; tier--)
            {
                steps.Insert(0, new PromptStep(tier, [.. Models.Where(model => model.Tier == tier)], fallbacks) { Next = steps.FirstOrDefault() });
                if (random.Next(4) == 0)
                {
                    break;
                }
            }

            PromptStep[] choices = [.. Models.Select(model => new PromptStep(model.Tier, [model], fallbacks) { Next = steps.Find(step => model.Tier < step.Tier) })];
            var candidate = Models[random.Next(Models.Length)];
            var canary = new PromptStep(steps[0].Tier, [candidate, .. steps[0].Models.Where(model => model != candidate)], fallbacks) { Next = steps[0].Next };
            return new PromptDefinition<int>("Desk.Urgency", "00c0ffee", new UrgencyContract(), steps[0])
            {
                Repairs = random.Next(3),
                Order = (StepOrder)random.Next(4),
                Entries = [.. choices, canary],
                Choices = choices,
                Canary = random.Next(3) == 0 ? null : new PromptCanary("Desk.Urgency", random.Next(3) * 50, canary),
            };
        }

        private RouteEntry Enter(PromptDefinition<int> prompt)
        {
            var entry = new RouteEntry(prompt.Route[0], random.Next(2) == 0 ? null : new PromptOptions { Model = Models[random.Next(Models.Length)].Id });
            PromptStep[] steps = [.. prompt.Route, .. prompt.Choices];
            for (var i = random.Next(4); i > 0; i--)
            {
                Tier? most = random.Next(3) == 0 ? null : (Tier)random.Next(4);
                Ceiling = most is { } tier && !(Ceiling <= tier) ? tier : Ceiling;
                var step = steps[random.Next(steps.Length)];
                if (random.Next(2) == 0)
                {
                    entry.When(step, "rule", most);
                }
                else
                {
                    entry.By(step, "value", most);
                }
            }

            return entry;
        }

        private void Take(PromptRuntime prompts, PromptDefinition<int> prompt, RouteEntry entry)
        {
            using var call = prompts.Start(prompt, CancellationToken.None);
            try
            {
                for (var step = call.Enter(entry); step is not null && !Answered; step = call.After(step))
                {
                    Answered = call.TryAsync(step, new UrgencyTemplate(Sample.Ticket)).AsTask().GetAwaiter().GetResult();
                }
            }
            catch (PromptException error) when (error.Code == PromptErrorCode.Configuration)
            {
                Refused = true;
            }
        }

        private Task<ChatResponse> Answer(string modelId)
        {
            _asked.Add(modelId);
            return random.Next(6) switch
            {
                0 => Task.FromException<ChatResponse>(new ProviderException(PromptErrorCode.Auth)),
                1 => Task.FromException<ChatResponse>(new ProviderException(PromptErrorCode.ServerError)),
                2 => Task.FromException<ChatResponse>(new ProviderException(PromptErrorCode.ContextLength)),
                3 => Task.FromException<ChatResponse>(new ProviderException(PromptErrorCode.RateLimited)),
                4 => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, """{"value":9}"""))),
                _ => Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, """{"value":3}"""))),
            };
        }
    }
}
