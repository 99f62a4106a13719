using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;

namespace PromptGen.Cli.Tests;

/// <summary>The elements and attributes of JUnit XML that CI servers accept: what the schema of Jenkins (junit-10.xsd of its xUnit plugin) allows and requires of those that the tool writes.</summary>
internal static class JUnitSchema
{
    private const string Schema = """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">
          <xs:complexType name="outcome" mixed="true"><xs:attribute name="type" type="xs:string"/><xs:attribute name="message" type="xs:string"/></xs:complexType>
          <xs:element name="testsuites"><xs:complexType><xs:sequence><xs:element name="testsuite" minOccurs="0" maxOccurs="unbounded"><xs:complexType>
            <xs:sequence><xs:element name="testcase" minOccurs="0" maxOccurs="unbounded"><xs:complexType>
              <xs:choice minOccurs="0" maxOccurs="unbounded">
                <xs:element name="skipped" type="outcome"/><xs:element name="error" type="outcome"/><xs:element name="failure" type="outcome"/><xs:element name="system-out" type="xs:string"/>
              </xs:choice>
              <xs:attribute name="name" type="xs:string" use="required"/><xs:attribute name="classname" type="xs:string"/><xs:attribute name="time" type="xs:decimal"/>
            </xs:complexType></xs:element></xs:sequence>
            <xs:attribute name="name" type="xs:string" use="required"/><xs:attribute name="tests" type="xs:nonNegativeInteger" use="required"/>
            <xs:attribute name="failures" type="xs:nonNegativeInteger" use="required"/><xs:attribute name="errors" type="xs:nonNegativeInteger" use="required"/>
            <xs:attribute name="skipped" type="xs:nonNegativeInteger"/>
          </xs:complexType></xs:element></xs:sequence></xs:complexType></xs:element>
        </xs:schema>
        """;

    /// <summary>Reads a file, and checks that it is valid and that its counts are right.</summary>
    /// <returns>Its suite.</returns>
    public static XElement Read(string path)
    {
        var schemas = new XmlSchemaSet();
        schemas.Add(null, XmlReader.Create(new StringReader(Schema)));
        var document = XDocument.Load(path);
        document.Validate(schemas, static (_, problem) => throw problem.Exception);
        var suite = Assert.Single(document.Root!.Elements());
        Assert.Equal(Count("testcase"), (int)suite.Attribute("tests")!);
        Assert.Equal((Count("failure"), Count("error"), Count("skipped")), ((int)suite.Attribute("failures")!, (int)suite.Attribute("errors")!, (int)suite.Attribute("skipped")!));
        return suite;

        int Count(string name) => suite.Descendants(name).Count();
    }
}
