namespace Acme.Patterns.Questions;

/// <summary>A warranty claim.</summary>
/// <param name="Id">Shown in the tables; the models never see it.</param>
/// <param name="Expected">How it is settled; the models never see it.</param>
/// <param name="Mails">All mails about it.</param>
internal sealed record Claim(string Id, Settlement Expected, string Mails)
{
    private const string Footer = """
        --
        Harbor Devices Ltd, 1 Quay Street, Bristol. Registered in England and Wales. This message and its attachments are confidential and are meant for the addressee only. If you are
        not the addressee, please delete it, and do not copy, use or forward it. Opinions in it are those of the author, and no contract is concluded by e-mail unless we confirm it on
        paper. We scan outgoing mail for viruses and accept no liability for damage that a virus causes. Personal data is processed as our privacy notice describes, which you find on our
        web site together with our terms of sale, our terms of repair and the addresses of our service points. Please think of the environment before you print this message.
        """;

    /// <summary>Four threads in which few sentences decide.</summary>
    public static IReadOnlyList<Claim> All { get; } =
    [
        new("K01", Settlement.Refund, Thread("2026-11-02", "2026-11-09", "The screen of my backup box stays dark.", "The receipt is attached.", "It was on the shelf the whole time.")),
        new("K02", Settlement.Replace, Thread("2025-06-14", "2026-10-01", "My backup box does not start any more.", "The receipt is attached.", "There was no storm and no fall that I know about.")),
        new("K03", Settlement.Refuse, Thread("2026-09-20", "2026-10-11", "The case of my backup box is broken.", "The receipt is attached.", "To be honest, I dropped it on the stairs.")),
        new("K04", Settlement.Refuse, Thread("2026-10-05", "2026-10-12", "My backup box makes a terrible noise.", "The receipt is attached.", "It slipped out of my hands when I moved the shelf.")),
        new("K05", Settlement.Refuse, Thread("2026-08-01", "2026-08-08", "My backup box is far too loud.", "I do not have the receipt any more.", "I have not touched it since I set it up.")),
    ];

    private static string Thread(string bought, string reported, string fault, string receipt, string cause) => string.Join(
        "\n\n",
        Mail(reported, $"Hello, I bought the device on {bought}. {fault} What can you do for me?", ""),
        Mail(reported, "Thank you for your message. We are sorry about the trouble. Your case has a number now, and a colleague looks at it. Could you send us the receipt?", Footer),
        Mail(reported, receipt, ""),
        Mail(reported, "Thank you. We also need to know how the fault came about. Did anything unusual happen to the device before, and where was it placed?", Footer),
        Mail(reported, cause, ""),
        Mail(reported, "Thank you, that is all that we need. We forward your case to the warranty desk, which answers within three working days.", Footer),
        Mail(reported, "Dear colleagues, please settle this claim. The whole thread is above. The customer has been with us for years and was friendly throughout.", Footer));

    private static string Mail(string date, string text, string footer) => $"Date: {date}\n{text}{(footer.Length > 0 ? $"\n{footer.ReplaceLineEndings("\n")}" : "")}";
}
