using Microsoft.ML.Tokenizers;
using PromptGen.Catalog;
using PromptGen.Execution;
using PromptGen.Prompts;

namespace PromptGen.Tests.Prompts;

/// <summary>The estimate of tokens, which needs no tokenizer, against the tokenizers of OpenAI's models.</summary>
public sealed class TokenEstimateTests
{
    private static readonly Tokenizer O200k = TiktokenTokenizer.CreateForEncoding("o200k_base");
    private static readonly Tokenizer Cl100k = TiktokenTokenizer.CreateForEncoding("cl100k_base");

    /// <summary>One letter of a customer in each language, and what else prompts are made of.</summary>
    public static TheoryData<string, string> Texts => new()
    {
        {
            "English",
            "The customer writes that the invoice of March was charged twice, although she cancelled her subscription in February. She asks for a refund of one of the two charges and would like to know when the money will arrive. Please answer in a friendly tone."
        },
        {
            "German",
            "Die Kundin schreibt, dass die Rechnung vom März zweimal abgebucht wurde, obwohl sie ihr Abonnement bereits im Februar gekündigt hatte. Sie bittet um die Erstattung einer der beiden Abbuchungen und möchte wissen, wann das Geld eintrifft. Bitte antworte freundlich."
        },
        {
            "French",
            "La cliente écrit que la facture de mars a été débitée deux fois, bien qu'elle ait résilié son abonnement dès février. Elle demande le remboursement de l'un des deux prélèvements et souhaite savoir quand l'argent arrivera. Répondez sur un ton aimable."
        },
        {
            "Japanese",
            "お客様によると、二月に解約手続きを済ませていたにもかかわらず、三月分の請求が二重に引き落とされていました。二件のうち一件の返金を希望されており、いつ口座に入金されるかを知りたいとのことです。丁寧な言葉でお詫びしてください。"
        },
        {
            "Russian",
            "Клиентка пишет, что счёт за март был списан дважды, хотя она отменила подписку ещё в феврале. Она просит вернуть одно из двух списаний и хочет узнать, когда деньги поступят на её счёт. Пожалуйста, ответьте дружелюбно."
        },
        {
            "Arabic",
            "كتبت العميلة أن فاتورة شهر مارس خُصمت مرتين رغم أنها ألغت اشتراكها في فبراير. وهي تطلب استرداد أحد المبلغين وتود معرفة موعد وصول المال إلى حسابها. يرجى الرد بأسلوب ودود."
        },
        {
            "C#",
            """
            /// <summary>What is known of the cost of a request.</summary>
            public static PromptCost Of(in CheckedUsage usage, ModelInfo model)
            {
                if (usage.Details is not { } details)
                {
                    return PromptCost.Unknown;
                }

                var input = usage.KnowsInput ? details.InputTokenCount ?? 0 : 0;
                var cached = Math.Min(details.CachedInputTokenCount ?? 0, input);
                return new PromptCost((input - cached) * model.InputPrice + cached * model.CachedInputPrice, isComplete: true);
            }
            """
        },
        {
            "Python",
            """
            def settle(account, charges):
                total = 0.0
                for charge in charges:
                    if charge["status"] != "refunded" and charge["amount"] > 0:
                        total += charge["amount"] * (1 + account.vat / 100)
                return round(total, 2)
            """
        },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_text_is_estimated_at_most_an_eighth_below_its_tokens_and_at_most_three_and_a_half_times_above(string language, string text)
    {
        var tokens = O200k.CountTokens(text);

        var ratio = (double)Estimate(text) / tokens;

        Assert.True(ratio is >= 0.875 and <= 3.5, $"{language}: {Estimate(text)} for {tokens}, {ratio:0.00}");
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void With_a_factor_of_one_and_a_quarter_it_is_an_upper_bound_for_the_older_tokenizer_too(string language, string text)
    {
        var model = new ModelInfo("gpt-4", "openai", Tier.General) { TokenFactor = 1.25 };
        var tokens = Cl100k.CountTokens(text);

        var estimate = TokenEstimator.For(model, Estimate(text));

        Assert.True(estimate >= tokens, $"{language}: {estimate} for {tokens}");
    }

    [Theory]
    [InlineData(1, 1_000, 1_000)]
    [InlineData(1.75, 1_001, 1_752)]
    [InlineData(0.5, 3, 2)]
    public void The_factor_of_a_model_multiplies_and_rounds_up(double factor, long tokens, long expected) =>
        Assert.Equal(expected, TokenEstimator.For(new ModelInfo("claude", "anthropic", Tier.Deep) { TokenFactor = factor }, tokens));

    private static int Estimate(string text)
    {
        var size = default(PromptSize);
        size.AddText(text);
        return size.Tokens;
    }
}
